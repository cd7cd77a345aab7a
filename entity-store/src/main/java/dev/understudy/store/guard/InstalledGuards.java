package dev.understudy.store.guard;

import dev.understudy.store.StoreException;
import dev.understudy.store.StoreOptions;
import dev.understudy.store.sql.Transactions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import javax.sql.DataSource;

/**
 * What a database has of {@link Guards}.
 *
 * @param types full names of the entity types that its functions know, sorted; empty if there are
 *     no functions
 * @param columns in the order of their tables' names
 */
public record InstalledGuards(List<String> types, List<GuardedColumn> columns) {
    private static final String INSTALLED =
            "SELECT to_regclass('understudy.guarded_type') IS NOT NULL";

    private static final String TYPES =
            "SELECT full_name FROM understudy.guarded_type ORDER BY full_name";

    /** A guard has two triggers, and a partitioned table more. */
    private static final String COLUMNS =
            """
            SELECT DISTINCT tgrelid::regclass::text, convert_from(
                    decode(split_part(arguments, '\\000', 1), 'escape'), getdatabaseencoding()),
                split_part(arguments, '\\000', 2),
                CASE tgfoid WHEN to_regproc('understudy.place_of_row') THEN 'row'
                    ELSE 'statement' END,
                split_part(arguments, '\\000', 3)
            FROM pg_trigger CROSS JOIN encode(tgargs, 'escape') AS arguments
            WHERE NOT tgisinternal AND tgparentid = 0
                AND tgfoid IN (to_regproc('understudy.place_of_row'),
                    to_regproc('understudy.place_of_statement'))
            ORDER BY 1, 2
            """;

    /** Copies. */
    public InstalledGuards {
        types = List.copyOf(types);
        columns = List.copyOf(columns);
    }

    /**
     * Looks.
     *
     * @throws StoreException retryable if the database is away; fatal if the role may not
     */
    public static InstalledGuards in(DataSource dataSource) {
        return new Transactions(dataSource, StoreOptions.defaults(), ThreadLocalRandom::current)
                .read("look at the guards", InstalledGuards::in);
    }

    private static InstalledGuards in(Connection connection) throws SQLException {
        List<String> types = new ArrayList<>();
        List<GuardedColumn> columns = new ArrayList<>();
        try (Statement statement = connection.createStatement()) {
            if (isInstalled(statement)) {
                try (ResultSet row = statement.executeQuery(TYPES)) {
                    while (row.next()) {
                        types.add(row.getString(1));
                    }
                }
            }
            try (ResultSet row = statement.executeQuery(COLUMNS)) {
                while (row.next()) {
                    columns.add(
                            new GuardedColumn(
                                    row.getString(1),
                                    row.getString(2),
                                    row.getString(3),
                                    row.getString(4),
                                    row.getString(5)));
                }
            }
        }
        return new InstalledGuards(types, columns);
    }

    private static boolean isInstalled(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery(INSTALLED)) {
            return row.next() && row.getBoolean(1);
        }
    }
}
