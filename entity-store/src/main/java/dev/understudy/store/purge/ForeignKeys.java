package dev.understudy.store.purge;

import dev.understudy.store.table.Table;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Who refers to a table, ours or not: asked of the database each time, since guards come and go.
 */
final class ForeignKeys {
    private static final String TO =
            """
            SELECT CASE WHEN readable THEN query ELSE 'SELECT' END FROM (SELECT
                has_schema_privilege(n.oid, 'USAGE') AND has_table_privilege(r.oid, 'SELECT')
                    AS readable,
                c.confdeltype IN ('c', 'n', 'd') AS acts,
                format('SELECT FROM %I.%I AS r WHERE %s', n.nspname, r.relname, (
                SELECT string_agg(format('r.%I = t.%I', ra.attname, ta.attname), ' AND ')
                FROM unnest(c.conkey, c.confkey) AS k (referring, referred)
                JOIN pg_attribute AS ra ON ra.attrelid = c.conrelid AND ra.attnum = k.referring
                JOIN pg_attribute AS ta ON ta.attrelid = c.confrelid AND ta.attnum = k.referred)) AS query
            FROM pg_constraint AS c
            JOIN pg_class AS r ON r.oid = c.conrelid
            JOIN pg_namespace AS n ON n.oid = r.relnamespace
            WHERE c.contype = 'f' AND c.confrelid = ?::regclass AND c.conparentid = 0
            ) AS keys WHERE readable OR acts
            """;

    private ForeignKeys() {}

    /**
     * Queries for the rows that refer to row {@code t} of a table, one for each foreign key whose
     * table this role may read. Of one that it may not read, whose rows PostgreSQL would take along
     * or change without asking, the query finds something whatever {@code t} is.
     */
    static List<String> to(Connection connection, Table table) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(TO)) {
            select.setString(1, table.quoted());
            List<String> queries = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    queries.add(row.getString(1));
                }
            }
            return queries;
        }
    }
}
