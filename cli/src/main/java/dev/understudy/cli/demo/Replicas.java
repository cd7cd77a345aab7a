package dev.understudy.cli.demo;

import dev.understudy.cli.comparison.TableComparison;
import java.util.List;
import java.util.stream.Collectors;

/** Checks on comparisons of owner and replica. */
final class Replicas {
    private Replicas() {}

    static Check equal(List<TableComparison> tables) {
        boolean equal = !tables.isEmpty() && tables.stream().allMatch(TableComparison::equal);
        String seen = tables.stream().map(Replicas::seen).collect(Collectors.joining(", "));
        return new Check("owner and replica equal", equal, seen);
    }

    private static String seen(TableComparison table) {
        String name = table.table().substring(table.table().indexOf('.') + 1);
        return table.equal()
                ? "%s %,d rows".formatted(name, table.replicaRows())
                : "%s differs in %,d rows, such as %s"
                        .formatted(name, table.differing(), table.samples());
    }
}
