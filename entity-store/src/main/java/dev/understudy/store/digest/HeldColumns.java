package dev.understudy.store.digest;

import dev.understudy.store.table.Table;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** System columns that a table made by an earlier release may lack. */
record HeldColumns(String ceded) {
    private static final String CEDED =
            """
            SELECT FROM pg_attribute
            WHERE attrelid = ?::regclass AND attname = '_ceded' AND NOT attisdropped
            """;

    static HeldColumns of(Connection connection, Table table) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(CEDED)) {
            select.setString(1, table.quoted());
            try (ResultSet row = select.executeQuery()) {
                return new HeldColumns(row.next() ? "\"_ceded\"" : "0::smallint");
            }
        }
    }
}
