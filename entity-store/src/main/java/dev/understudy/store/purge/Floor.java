package dev.understudy.store.purge;

import dev.understudy.schemas.event.Position;
import dev.understudy.schemas.event.Version;
import dev.understudy.store.sql.BinaryArrays;
import dev.understudy.store.sql.Statements;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Below what purged markers were, per type: their versions, and at a replica their positions. */
record Floor(Version version, Optional<Position> position) {
    private static final String READ =
            """
            SELECT "type", "version", "epoch", "lsn" FROM "understudy"."version_floor"
            WHERE "type" = ANY (?)
            """;

    private static final String WRITE =
            """
            INSERT INTO "understudy"."version_floor" ("type", "version", "epoch", "lsn",
                "raised_at")
            VALUES (?, ?, ?, ?, now())
            ON CONFLICT ("type") DO UPDATE SET "version" = EXCLUDED."version",
                "epoch" = EXCLUDED."epoch", "lsn" = EXCLUDED."lsn", "raised_at" = now()
            """;

    /** One writer at a time, readers that must not miss it not beside him: until the end. */
    private static final long LOCK = 0x756E646670757267L;

    /** Keeps floors from being raised until the transaction ends. */
    static void holdStill(Statements statements) {
        statements.queue("SELECT pg_advisory_xact_lock_shared(" + LOCK + ")");
    }

    /** Waits for everybody who relies on the floors' standing still; they wait for us then. */
    static void holdOff(Connection connection) throws SQLException {
        try (PreparedStatement lock =
                connection.prepareStatement("SELECT pg_advisory_xact_lock(" + LOCK + ")")) {
            lock.execute();
        }
    }

    /** Adds those of these types that have a floor. */
    static void read(Statements statements, Collection<String> types, Map<String, Floor> floors) {
        statements.queue(
                READ,
                (connection, statement, first) -> {
                    statement.setArray(
                            first,
                            BinaryArrays.of(connection, "text", List.copyOf(types), type -> type));
                    return first + 1;
                },
                row -> {
                    while (row.next()) {
                        long epoch = row.getLong(3);
                        Optional<Position> position =
                                row.wasNull()
                                        ? Optional.empty()
                                        : Optional.of(new Position(epoch, row.getLong(4)));
                        floors.put(
                                row.getString(1), new Floor(new Version(row.getLong(2)), position));
                    }
                });
    }

    /** Raises a type's floor above these, for a transaction that also removes them. */
    static void raise(Connection connection, String type, Collection<Markers.Removed> removed)
            throws SQLException {
        holdOff(connection);
        Statements statements = new Statements(connection);
        Map<String, Floor> floors = new HashMap<>();
        read(statements, Set.of(type), floors);
        statements.flush();
        Floor present = floors.getOrDefault(type, new Floor(Version.NONE, Optional.empty()));
        present.above(removed).write(connection, type);
    }

    /** Whether an event of this position may be from before a purge. */
    boolean covers(Position of) {
        return position.isPresent() && of.compareTo(position.get()) <= 0;
    }

    /** This floor, or higher so that all of these are below it. */
    Floor above(Collection<Markers.Removed> removed) {
        Version highest = version;
        Position last = position.orElse(null);
        for (Markers.Removed marker : removed) {
            highest = marker.version().compareTo(highest) > 0 ? marker.version() : highest;
            last = later(last, marker.position().orElse(null));
        }
        return new Floor(highest, Optional.ofNullable(last));
    }

    void write(Connection connection, String type) throws SQLException {
        try (PreparedStatement write = connection.prepareStatement(WRITE)) {
            write.setString(1, type);
            write.setLong(2, version.number());
            write.setObject(3, position.map(Position::epoch).orElse(null));
            write.setObject(4, position.map(Position::commitLsn).orElse(null));
            write.executeUpdate();
        }
    }

    private static @Nullable Position later(@Nullable Position one, @Nullable Position other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.compareTo(other) > 0 ? one : other;
    }
}
