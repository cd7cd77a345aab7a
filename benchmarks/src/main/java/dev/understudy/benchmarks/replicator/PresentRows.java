package dev.understudy.benchmarks.replicator;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Accounts that are in the table before a contender comes, of which its workload knows nothing: one
 * in ten is a parent of nine others.
 */
final class PresentRows {
    /** Of the workload's own. */
    static final String OTHERS = "\"account_number\" LIKE 'ACC-%'";

    private static final String TABLE = "\"contoso_crm\".\"account\"";

    /** In the order of keys, which is what the primary key's index is quickest with. */
    private static final String FILL =
            """
            INSERT INTO %s (account_id, account_number, name, parent_account_id, industry,
                annual_revenue, employees, credit_on_hold, city, country, website, created_on,
                _state, _version, _epoch, _lsn, _changed_at, _hydrated_at)
            SELECT key, 'OLD-' || lpad(i::text, 10, '0'), 'Contoso subsidiary ' || i || ' of Osaka',
                CASE WHEN i >= %2$d / 10 THEN md5('old' || i %% (%2$d / 10))::uuid END,
                'Manufacturing', (i::bigint * 7919 %% 100000000000) / 100.0, i %% 65536,
                i %% 2 = 0, 'Osaka', 'JP', 'https://www.example.com/subsidiaries/' || i, now(),
                'h', 1, 1, i, now(), now()
            FROM (SELECT i, md5('old' || i)::uuid AS key FROM generate_series(0, %2$d - 1) AS i
                  ORDER BY key) AS rows
            """;

    private static final String INDEXES =
            """
            SELECT quote_ident(schemaname) || '.' || quote_ident(indexname), indexdef
            FROM pg_indexes
            WHERE schemaname = 'contoso_crm' AND tablename = 'account'
              AND indexname <> 'account_pkey'
            """;

    private PresentRows() {}

    /** Puts so many there, and leaves the indexes as they were. */
    static Destination into(Destination destination, long rows) throws SQLException {
        try (Connection connection = destination.database().connect();
                Statement statement = connection.createStatement()) {
            List<String> definitions = new ArrayList<>();
            List<String> names = new ArrayList<>();
            try (ResultSet index = statement.executeQuery(INDEXES)) {
                while (index.next()) {
                    names.add(index.getString(1));
                    definitions.add(index.getString(2));
                }
            }
            statement.execute("DROP INDEX " + String.join(", ", names));
            // They refer to each other, each to one that is there in the end.
            statement.execute("SET session_replication_role = replica");
            statement.execute("SET work_mem = '1GB'; SET maintenance_work_mem = '1GB'");
            statement.execute(FILL.formatted(TABLE, rows));
            for (String definition : definitions) {
                statement.execute(definition);
            }
            statement.execute("VACUUM (ANALYZE) " + TABLE);
            statement.execute("CHECKPOINT");
        }
        return destination.onlyWhere(OTHERS);
    }
}
