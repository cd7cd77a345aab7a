package dev.understudy.system;

import dev.understudy.sandbox.Database;
import dev.understudy.sandbox.PostgresServer;
import dev.understudy.schemas.model.Catalog;
import dev.understudy.schemas.model.SchemaFiles;
import dev.understudy.store.install.StoreSchema;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import org.postgresql.ds.PGSimpleDataSource;

/** A database that has the tables of a catalog already, and a row in each. */
final class InstalledDatabase {
    /** One of each type; a column that is not given is NULL, or has its default. */
    private static final List<String> ROWS =
            List.of(
                    """
                    INSERT INTO contoso_crm.account
                      (account_id, account_number, name, credit_on_hold, created_on, _state, _version, _changed_at)
                    VALUES (gen_random_uuid(), 'A-1', 'Kept', false, now(), 'h', 1, now())\
                    """,
                    """
                    INSERT INTO contoso_crm.contact
                      (contact_id, first_name, last_name, created_on, _state, _version, _changed_at)
                    VALUES (gen_random_uuid(), 'Kept', 'Too', now(), 'h', 1, now())\
                    """,
                    """
                    INSERT INTO contoso_crm.ticket
                      (ticket_id, ticket_number, title, priority, status, account_id, opened_on, _state, _version,
                       _changed_at)
                    SELECT gen_random_uuid(), 'T-1', 'Kept', 'LOW', 'OPEN', account_id, now(), 'h', 1, now()
                      FROM contoso_crm.account\
                    """);

    private InstalledDatabase() {}

    static Database of(PostgresServer postgres, String name, List<String> catalog)
            throws SQLException {
        Database database = postgres.createDatabase(name);
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(database.jdbcUrl());
        source.setUser(database.user());
        source.setPassword(database.password());
        StoreSchema.install(
                source, Catalog.of(catalog, new SchemaFiles(List.of("classpath:contoso"))));
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            for (String insert : ROWS.subList(0, catalog.size())) {
                statement.execute(insert);
            }
        }
        return database;
    }

    /** The types, and all columns of all rows of one. */
    static String content(Database database, String typeName) throws SQLException {
        return Rows.text(
                database,
                """
                SELECT (SELECT string_agg(full_name || fingerprint, ',' ORDER BY 1) FROM understudy.entity_type)
                    || (SELECT string_agg(t::text, ',' ORDER BY t::text) FROM contoso_crm.%s t)\
                """
                        .formatted(typeName.toLowerCase(Locale.ROOT)));
    }
}
