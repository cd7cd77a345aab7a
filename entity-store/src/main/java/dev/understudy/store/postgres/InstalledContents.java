package dev.understudy.store.postgres;

import dev.understudy.schemas.model.EntityContent;
import dev.understudy.schemas.model.EntityType;
import dev.understudy.store.EntityRow;
import dev.understudy.store.PublishedContent;
import dev.understudy.store.install.KnownSchemas;
import dev.understudy.store.install.KnownSchemas.Known;
import dev.understudy.store.sql.Statements;
import dev.understudy.store.table.Column;
import dev.understudy.store.table.Table;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Rows' content with the fields that newer services have added beside this one: an event that
 * lacked them would take them from every replica.
 */
final class InstalledContents {
    private static final String COUNT_COLUMNS =
            """
            SELECT count(*) FROM pg_catalog.pg_attribute
            WHERE attrelid = to_regclass(?) AND attname = ANY (?) AND NOT attisdropped
            """;

    private final KnownSchemas schemas;

    InstalledContents(KnownSchemas schemas) {
        this.schemas = schemas;
    }

    /** The content of a row that the transaction has saved or locked. */
    PublishedContent of(Statements statements, EntityRow row) throws SQLException {
        EntityType type = row.id().type();
        if (schemas.isOwn(type)) {
            return new PublishedContent(row.content(), schemas.of(type).fingerprint());
        }
        Connection connection = statements.connection();
        Known known = schemas.of(connection, type);
        Table table = Table.of(known.type());
        // A schema is recorded before its columns are there; the row's lock keeps them away.
        EntityContent content =
                known.type().equals(type) || !hasColumns(connection, table)
                        ? row.content()
                        : new Rows(table).read(connection, row.id().key()).orElseThrow().content();
        return new PublishedContent(content, known.fingerprint());
    }

    private static boolean hasColumns(Connection connection, Table table) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(COUNT_COLUMNS)) {
            Object[] names = table.columns().stream().map(Column::name).toArray();
            statement.setString(1, table.quoted());
            statement.setArray(2, connection.createArrayOf("text", names));
            try (ResultSet count = statement.executeQuery()) {
                count.next();
                return count.getInt(1) == names.length;
            }
        }
    }
}
