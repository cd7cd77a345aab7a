package dev.understudy.benchmarks.instance;

import dev.understudy.sandbox.Database;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** The accounts of an instance, made by its database rather than written. */
record AccountTable(Database database) {
    /** All but the primary key that have something to keep for each row. */
    private static final String INDEXES =
            """
            SELECT indexrelid::regclass FROM pg_index
            WHERE indrelid = 'contoso_crm.account'::regclass AND NOT indisprimary
                AND pg_get_indexdef(indexrelid) ~ '(account_number|parent_account_id)'
            """;

    /** The same rows in every database; one in ten is nobody's subsidiary. */
    private static final String ROWS =
            """
            INSERT INTO contoso_crm.account (account_id, account_number, name, parent_account_id,
                industry, annual_revenue, employees, credit_on_hold, city, country, website,
                created_on, _state, _version, _changed_at)
            SELECT md5('a' || n)::uuid, 'ACC-' || n, 'Contoso subsidiary ' || n,
                CASE n %% 10 WHEN 0 THEN NULL ELSE md5('a' || n / 10 * 10)::uuid END,
                'Manufacturing', n * 1.25, n %% 65536, n %% 64 = 0, 'Regensburg', 'DE',
                'https://www.example.com/subsidiaries/' || n,
                timestamptz '2026-01-01' + n * interval '1 ms', 'h', 1 + n %% 5,
                timestamptz '2026-01-01' + n * interval '1 ms'
            FROM generate_series(1, %d) n
            """;

    /** Without triggers and without those indexes that no comparison reads. */
    void fill(long rows) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            for (String index : names(statement)) {
                statement.execute("DROP INDEX " + index);
            }
            statement.execute("SET session_replication_role = replica");
            statement.execute(ROWS.formatted(rows));
            statement.execute("VACUUM (ANALYZE) contoso_crm.account");
        }
    }

    private static List<String> names(Statement statement) throws SQLException {
        List<String> names = new ArrayList<>();
        try (ResultSet row = statement.executeQuery(INDEXES)) {
            while (row.next()) {
                names.add(row.getString(1));
            }
        }
        return names;
    }

    /** Another name for one account, at the same version. */
    void corrupt(long number) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "UPDATE contoso_crm.account SET name = 'corrupt' WHERE account_id = md5('a%d')::uuid"
                            .formatted(number));
        }
    }
}
