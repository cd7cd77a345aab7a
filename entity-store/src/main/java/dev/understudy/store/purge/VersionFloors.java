package dev.understudy.store.purge;

import dev.understudy.schemas.event.Version;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

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
        try (PreparedStatement read = connection.prepareStatement(READ)) {
            read.setString(1, type);
            try (ResultSet row = read.executeQuery()) {
                return row.next() ? new Version(row.getLong(1)) : Version.NONE;
            }
        }
    }
}
