package dev.understudy.instance.publishing;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.understudy.schemas.UnderstudyException;
import dev.understudy.schemas.model.EntityType;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;

/**
 * The schemas of messages in the WAL by fingerprint, kept in the table {@code
 * understudy.wal_schema} so that what was written before a schema change is still read by its own
 * schema. Thread-safe.
 */
final class WalSchemas {
    private static final String INSERT =
            """
            INSERT INTO understudy.wal_schema (fingerprint, schema) VALUES (?, ?)
            ON CONFLICT DO NOTHING
            """;
    private static final String SELECT =
            "SELECT schema FROM understudy.wal_schema WHERE fingerprint = ?";

    private final Lookup lookup;
    private final Map<EntityType, Long> fingerprints = new ConcurrentHashMap<>();
    private final Map<Long, EntityType> types = new ConcurrentHashMap<>();

    /** Finds the JSON of a schema that was not given. */
    @FunctionalInterface
    private interface Lookup {
        Optional<String> json(long fingerprint) throws SQLException;
    }

    private WalSchemas(Lookup lookup) {
        this.lookup = lookup;
    }

    /** Those of the table. */
    static WalSchemas in(DataSource database) {
        return new WalSchemas(fingerprint -> select(database, fingerprint));
    }

    /** Those of these types only. */
    static WalSchemas of(Collection<EntityType> types) {
        WalSchemas schemas = new WalSchemas(_ -> Optional.empty());
        schemas.know(types);
        return schemas;
    }

    /** Of the whole schema, with the logical types and properties that Avro's own leaves out. */
    long fingerprint(EntityType type) {
        return fingerprints.computeIfAbsent(
                type,
                key -> SchemaNormalization.fingerprint64(key.schema().toString().getBytes(UTF_8)));
    }

    /**
     * The type with this fingerprint.
     *
     * @throws UnderstudyException if the table does not have it, or cannot be read
     */
    EntityType type(long fingerprint) {
        return types.computeIfAbsent(fingerprint, this::load);
    }

    /** Whether the table has the schema of this type. */
    boolean has(EntityType type) {
        long fingerprint = fingerprint(type);
        if (!types.containsKey(fingerprint)) {
            find(fingerprint).ifPresent(found -> types.put(fingerprint, found));
        }
        return types.containsKey(fingerprint);
    }

    /** Writes those that the table does not have yet. */
    void save(Connection connection, Collection<EntityType> owned) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            for (EntityType type : owned) {
                insert.setLong(1, fingerprint(type));
                insert.setString(2, type.schema().toString());
                insert.addBatch();
            }
            insert.executeBatch();
        }
        know(owned);
    }

    private void know(Collection<EntityType> given) {
        given.forEach(type -> types.put(fingerprint(type), type));
    }

    private EntityType load(long fingerprint) {
        return find(fingerprint)
                .orElseThrow(() ->
                        new UnderstudyException(
                                UnderstudyException.Severity.FATAL,
                                "understudy.wal_schema lacks the schema "
                                        + fingerprint
                                        + " of a message in the WAL"));
    }

    private Optional<EntityType> find(long fingerprint) {
        try {
            return lookup.json(fingerprint)
                    .map(json -> EntityType.of(new Schema.Parser().parse(json)));
        } catch (SQLException e) {
            throw new UnderstudyException(
                    UnderstudyException.Severity.RETRYABLE,
                    "cannot read the schema " + fingerprint + " of messages in the WAL",
                    e);
        }
    }

    private static Optional<String> select(DataSource database, long fingerprint)
            throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement(SELECT)) {
            select.setLong(1, fingerprint);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next() ? Optional.of(rows.getString(1)) : Optional.empty();
            }
        }
    }
}
