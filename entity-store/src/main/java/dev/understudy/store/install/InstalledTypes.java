package dev.understudy.store.install;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.understudy.schemas.model.CatalogEntry;
import dev.understudy.schemas.model.EntityType;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.apache.avro.Schema;

/** The table of the entity types that a database has tables for. */
final class InstalledTypes {
    private static final String IS_THERE =
            """
            SELECT to_regnamespace('"understudy"') IS NOT NULL,
                to_regclass('"understudy"."entity_type"') IS NOT NULL
            """;

    private static final String CREATE =
            """
            CREATE TABLE "understudy"."entity_type" (
                "full_name" text COLLATE "C" PRIMARY KEY,
                "owner" text NOT NULL,
                "schema" text NOT NULL,
                "fingerprint" text NOT NULL,
                "installed_at" timestamptz NOT NULL DEFAULT now())
            """;

    private static final String READ =
            "SELECT \"full_name\", \"owner\", \"schema\", \"fingerprint\" FROM"
                    + " \"understudy\".\"entity_type\"";

    private static final String RECORD =
            """
            INSERT INTO "understudy"."entity_type" ("full_name", "owner", "schema", "fingerprint")
            VALUES (?, ?, ?, ?)
            ON CONFLICT ("full_name") DO UPDATE SET
                "schema" = EXCLUDED."schema", "fingerprint" = EXCLUDED."fingerprint",
                "installed_at" = now()
            """;

    private static final JsonMapper SORTED =
            JsonMapper.builder().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build();

    private final Connection connection;

    InstalledTypes(Connection connection) {
        this.connection = connection;
    }

    /** What is recorded of a type. */
    record Installed(String owner, String schema, String fingerprint) {
        EntityType type() {
            return EntityType.of(new Schema.Parser().parse(schema));
        }
    }

    /** By full name; makes the table if it is not there. */
    Map<String, Installed> all() throws SQLException {
        Map<String, Installed> all = new HashMap<>();
        try (Statement statement = connection.createStatement()) {
            create(statement);
            try (ResultSet row = statement.executeQuery(READ)) {
                while (row.next()) {
                    all.put(
                            row.getString(1),
                            new Installed(row.getString(2), row.getString(3), row.getString(4)));
                }
            }
        }
        return all;
    }

    void record(CatalogEntry entry) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(RECORD)) {
            statement.setString(1, entry.type().fullName());
            statement.setString(2, entry.owner());
            statement.setString(3, entry.type().schema().toString());
            statement.setString(4, fingerprint(entry.type()));
            statement.executeUpdate();
        }
    }

    /** SHA-256 of the schema with its properties, which Avro's own fingerprint leaves out. */
    static String fingerprint(EntityType type) {
        try {
            Object json = SORTED.readValue(type.schema().toString(), Object.class);
            byte[] text = SORTED.writeValueAsString(json).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
        } catch (JsonProcessingException | NoSuchAlgorithmException e) {
            throw new IllegalStateException("no fingerprint of " + type, e);
        }
    }

    /** Asks first: a role that may not create anything can use what is there. */
    private void create(Statement statement) throws SQLException {
        boolean schemaIsThere;
        boolean tableIsThere;
        try (ResultSet row = statement.executeQuery(IS_THERE)) {
            row.next();
            schemaIsThere = row.getBoolean(1);
            tableIsThere = row.getBoolean(2);
        }
        if (!schemaIsThere) {
            statement.execute("CREATE SCHEMA IF NOT EXISTS \"understudy\"");
        }
        if (!tableIsThere) {
            statement.execute(CREATE);
        }
    }
}
