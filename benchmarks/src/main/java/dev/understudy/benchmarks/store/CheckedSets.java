package dev.understudy.benchmarks.store;

import dev.understudy.schemas.event.ChangeEvent;
import dev.understudy.store.sql.BinaryArrays;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The binary arrays without the foreign key's triggers: a batch's parents are counted and locked by
 * one statement, as the triggers would have done one by one. Needs a superuser.
 */
record CheckedSets() implements Contender {
    private static final String HELD =
            """
            SELECT count(*) FROM (
                SELECT FROM %s WHERE "account_id" = ANY (?) FOR KEY SHARE) AS held
            """
                    .formatted(RawTable.NAME);

    @Override
    public String name() {
        return "arrays, keys checked as a set";
    }

    @Override
    public void write(DataSource pool, List<ChangeEvent> batch) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement role = connection.createStatement()) {
            role.execute("SET LOCAL session_replication_role = replica");
            Upserts.Arrays.upsert(connection, batch);
            check(connection, batch);
            connection.commit();
        }
    }

    private static void check(Connection connection, List<ChangeEvent> batch) throws SQLException {
        List<Object> parents =
                batch.stream()
                        .flatMap(event -> Stream.<@Nullable Object>of(parent(event)))
                        .filter(Objects::nonNull)
                        .distinct()
                        .sorted()
                        .toList();
        try (PreparedStatement select = connection.prepareStatement(HELD)) {
            select.setArray(1, BinaryArrays.of(connection, "uuid", parents, parent -> parent));
            try (ResultSet held = select.executeQuery()) {
                held.next();
                if (held.getInt(1) != parents.size()) {
                    throw new SQLException("a parent is missing");
                }
            }
        }
    }

    private static @Nullable Object parent(ChangeEvent event) {
        return event.content().value(Accounts.TYPE.references().getFirst());
    }
}
