package dev.understudy.store.install;

import dev.understudy.schemas.model.EntityField;
import dev.understudy.schemas.model.ModelException;
import dev.understudy.store.table.Column;
import dev.understudy.store.table.Table;
import dev.understudy.store.table.UniqueKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** What a change of schema asks of the rows that are there. */
final class RowsThatStay {
    private static final String HOLDS = "SELECT %1$s FROM %2$s WHERE %1$s = ANY (?) LIMIT 1";

    /** Owned rows have no position: nothing says which of them is right. */
    private static final String SHARED =
            """
            SELECT concat_ws(', ', ${columns}) FROM ${table} WHERE ${held} AND "_epoch" IS NULL
            GROUP BY ${columns} HAVING count(*) > 1 LIMIT 1
            """;

    private final Connection connection;
    private final Table table;

    RowsThatStay(Connection connection, Table table) {
        this.connection = connection;
        this.table = table;
    }

    /**
     * Looks before anything is changed.
     *
     * @throws ModelException if a row does not fit
     */
    void check(Plan.Follow follow) throws SQLException {
        MissingParts missing = new MissingParts(table, PresentTable.read(connection, table));
        for (UniqueKey key : missing.missingKeys()) {
            if (missing.has(key.columns())) {
                checkShared(key);
            }
        }
        for (Map.Entry<EntityField, List<String>> removed : follow.removedSymbols().entrySet()) {
            Column column = table.columns().get(removed.getKey().index());
            try (PreparedStatement statement =
                    connection.prepareStatement(HOLDS.formatted(column.quoted(), table.quoted()))) {
                statement.setArray(
                        1, connection.createArrayOf("text", removed.getValue().toArray()));
                try (ResultSet row = statement.executeQuery()) {
                    if (row.next()) {
                        throw new ModelException(
                                "%s.%s: the symbol %s is gone from the schema, but rows hold it"
                                        .formatted(
                                                table.type(),
                                                removed.getKey().name(),
                                                row.getString(1)));
                    }
                }
            }
        }
    }

    private void checkShared(UniqueKey key) throws SQLException {
        String sql =
                SHARED.replace("${columns}", key.columnList(""))
                        .replace("${table}", table.quoted())
                        .replace("${held}", key.held(""));
        try (PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet row = statement.executeQuery()) {
            if (row.next()) {
                throw new ModelException(
                        "%s: the alternate key %s cannot be added: several rows have (%s)"
                                .formatted(table.type(), key.columnList(""), row.getString(1)));
            }
        }
    }
}
