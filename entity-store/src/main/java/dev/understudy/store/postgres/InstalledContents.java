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
import java.util.function.Predicate;

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

    /**
     * The content of a row that the transaction has saved or locked. By the newest schema that may
     * be told and whose columns are there: none is written by who comes later, while the row is
     * held.
     */
    PublishedContent of(Statements statements, EntityRow row, Predicate<EntityType> mayBeTold)
            throws SQLException {
        Known known = schemas.of(row.id().type(), statements::connection);
        EntityContent content = row.content();
        for (EntityType type : known.newer()) {
            Connection connection = statements.connection();
            Table table = Table.of(type);
            if (mayBeTold.test(type) && hasColumns(connection, table)) {
                content = new Rows(table).read(connection, row.id().key()).orElseThrow().content();
                break;
            }
        }
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
