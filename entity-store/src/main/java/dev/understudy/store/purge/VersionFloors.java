package dev.understudy.store.purge;

import dev.understudy.schemas.event.Version;
import dev.understudy.store.sql.Statements;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * Per type, the highest version that a purged deletion marker had. The owner starts an entity that
 * has no row above it, since it may have been purged; whoever compares knows that markers up to it
 * may be gone on one side only.
 */
public final class VersionFloors {
    private static final String READ =
            "SELECT \"version\" FROM \"understudy\".\"version_floor\" WHERE \"type\" = ?";

    private VersionFloors() {}

    /**
     * The floor of a type, {@link Version#NONE} if nothing of it was ever purged here. Whoever
     * writes reads it after locking the row: a purge removes a marker and raises the floor at once.
     */
    public static Version of(Connection connection, String type) throws SQLException {
        AtomicReference<Version> floor = new AtomicReference<>(Version.NONE);
        Statements statements = new Statements(connection);
        read(statements, type, floor::set);
        statements.flush();
        return floor.get();
    }

    /** The same with what is queued, behind what locks the row. */
    public static void read(Statements statements, String type, Consumer<Version> floor) {
        statements.queue(
                READ,
                (_, statement, first) -> {
                    statement.setString(first, type);
                    return first + 1;
                },
                row -> floor.accept(row.next() ? new Version(row.getLong(1)) : Version.NONE));
    }
}
