package dev.understudy.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.store.guard.Guards;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The SQL of {@code docs/any-writer.md}, run as it is written. */
@Timeout(60)
final class AnyWriterDocumentIT {
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```sql\\n(.*?)^```$");

    @Test
    void everyBlockRuns() throws Exception {
        List<String> blocks =
                BLOCK.matcher(Files.readString(Path.of("..", "docs", "any-writer.md")))
                        .results()
                        .map(block -> block.group(1))
                        .toList();
        List<String> states = new ArrayList<>();
        try (TestDatabase database = TestDatabase.withContoso();
                Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            Guards.install(database.dataSource(), Contoso.CATALOG);
            try {
                for (String block : blocks) {
                    statement.execute(block);
                    if (block.startsWith("SELECT v.planned_on")) {
                        try (ResultSet row = statement.getResultSet()) {
                            while (row.next()) {
                                states.add(row.getString(2));
                            }
                        }
                    }
                }
            } finally {
                statement.execute("RESET ROLE; DROP OWNED BY helpdesk CASCADE; DROP ROLE helpdesk");
            }
        }
        assertThat(blocks).hasSize(5);
        assertThat(states).containsExactly("p", "p");
    }
}
