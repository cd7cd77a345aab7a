package dev.understudy.store.install;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.understudy.schemas.model.CatalogEntry;
import dev.understudy.schemas.model.EntityType;
import dev.understudy.store.install.KnownSchemas.Known;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.Schema;

/** The table of the entity types that a database has tables for. */
final class InstalledTypes {
    private static final String IS_THERE =
            """
            SELECT to_regnamespace('"understudy"') IS NOT NULL,
                to_regclass('"understudy"."entity_type"') IS NOT NULL,
                to_regclass('"understudy"."entity_schema"') IS NOT NULL
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

    /** Every schema that was ever installed, by which an older service is known. */
    private static final String CREATE_HISTORY =
            """
            CREATE TABLE "understudy"."entity_schema" (
                "full_name" text COLLATE "C",
                "fingerprint" text,
                "schema" text NOT NULL,
                "installed_at" timestamptz NOT NULL DEFAULT now(),
                PRIMARY KEY ("full_name", "fingerprint"))
            """;

    private static final String BEGIN_HISTORY =
            """
            INSERT INTO "understudy"."entity_schema"
            SELECT "full_name", "fingerprint", "schema", "installed_at"
            FROM "understudy"."entity_type"
            """;

    private static final String READ =
            """
            SELECT "full_name", "owner", "schema", "fingerprint", ARRAY(
                SELECT s."fingerprint" FROM "understudy"."entity_schema" s
                WHERE s."full_name" = t."full_name" AND s."fingerprint" <> t."fingerprint")
            FROM "understudy"."entity_type" t
            """;

    private static final String NEWER =
            """
            SELECT "schema" FROM "understudy"."entity_schema"
            WHERE "full_name" = ? AND "installed_at" > (
                SELECT "installed_at" FROM "understudy"."entity_schema"
                WHERE "full_name" = ? AND "fingerprint" = ?)
            ORDER BY "installed_at" DESC
            """;

    private static final String INSTALLED =
            """
            SELECT "fingerprint" FROM "understudy"."entity_type" WHERE "full_name" = ?
            """;

    private static final String RECORD =
            """
            INSERT INTO "understudy"."entity_type" ("full_name", "owner", "schema", "fingerprint")
            VALUES (?, ?, ?, ?)
            ON CONFLICT ("full_name") DO UPDATE SET
                "schema" = EXCLUDED."schema", "fingerprint" = EXCLUDED."fingerprint",
                "installed_at" = now()
            """;

    private static final String RECORD_HISTORY =
            """
            INSERT INTO "understudy"."entity_schema" ("full_name", "fingerprint", "schema")
            SELECT "full_name", "fingerprint", "schema" FROM "understudy"."entity_type"
            WHERE "full_name" = ?
            ON CONFLICT DO NOTHING
            """;

    private static final JsonMapper SORTED =
            JsonMapper.builder().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build();

    private final Connection connection;

    InstalledTypes(Connection connection) {
        this.connection = connection;
    }

    /**
     * What is recorded of a type.
     *
     * @param earlier the fingerprints of the schemas before
     */
    record Installed(String owner, String schema, String fingerprint, Set<String> earlier) {
        EntityType type() {
            return EntityType.of(new Schema.Parser().parse(schema));
        }
    }

    boolean areThere() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(IS_THERE)) {
            row.next();
            return row.getBoolean(1) && row.getBoolean(2) && row.getBoolean(3);
        }
    }

    /** By full name. */
    Map<String, Installed> all() throws SQLException {
        Map<String, Installed> all = new HashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(READ)) {
            while (row.next()) {
                Set<String> earlier = Set.of((String[]) row.getArray(5).getArray());
                all.put(
                        row.getString(1),
                        new Installed(
                                row.getString(2), row.getString(3), row.getString(4), earlier));
            }
        }
        return all;
    }

    /**
     * What was installed after this schema of a type. The fingerprint first: of what is installed
     * between the two looks it tells nothing, so that it is asked about again.
     */
    Known since(EntityType own) throws SQLException {
        String fingerprint = fingerprint(own);
        String installed = fingerprint;
        try (PreparedStatement statement = connection.prepareStatement(INSTALLED)) {
            statement.setString(1, own.fullName());
            try (ResultSet row = statement.executeQuery()) {
                if (row.next()) {
                    installed = row.getString(1);
                }
            }
        }
        List<EntityType> newer = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(NEWER)) {
            statement.setString(1, own.fullName());
            statement.setString(2, own.fullName());
            statement.setString(3, fingerprint);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    newer.add(EntityType.of(new Schema.Parser().parse(rows.getString(1))));
                }
            }
        }
        return new Known(installed, newer);
    }

    /** Makes what is not there. */
    void create() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            boolean schema;
            boolean types;
            boolean history;
            try (ResultSet row = statement.executeQuery(IS_THERE)) {
                row.next();
                schema = row.getBoolean(1);
                types = row.getBoolean(2);
                history = row.getBoolean(3);
            }
            if (!schema) {
                statement.execute("CREATE SCHEMA IF NOT EXISTS \"understudy\"");
            }
            if (!types) {
                statement.execute(CREATE);
            }
            if (!history) {
                statement.execute(CREATE_HISTORY);
                statement.execute(BEGIN_HISTORY);
            }
        }
    }

    void record(CatalogEntry entry) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(RECORD)) {
            statement.setString(1, entry.type().fullName());
            statement.setString(2, entry.owner());
            statement.setString(3, entry.type().schema().toString());
            statement.setString(4, fingerprint(entry.type()));
            statement.executeUpdate();
        }
        try (PreparedStatement statement = connection.prepareStatement(RECORD_HISTORY)) {
            statement.setString(1, entry.type().fullName());
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
}
