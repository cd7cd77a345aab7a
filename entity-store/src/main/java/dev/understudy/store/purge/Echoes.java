package dev.understudy.store.purge;

import dev.understudy.schemas.event.Position;
import dev.understudy.store.EntityId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Tells a replica's news from echoes: events from before a purge that come again. Without its
 * marker, a purged entity's old event would make it anew. Whatever an owner publishes after it
 * purged, also a repair, a snapshot or the answer to a request, has a later position than the
 * deletions that are purged; so only what comes again from before can be at or below the floor.
 */
public final class Echoes {
    private Echoes() {}

    /**
     * Those of these changes that are echoes if their entity has no row, or only a placeholder: to
     * be treated as stale then. Empty nearly always, and then two statements. Until the transaction
     * ends no purge raises the floor.
     */
    public static Set<EntityId> suspected(Connection connection, Map<EntityId, Position> changes)
            throws SQLException {
        if (changes.isEmpty()) {
            return Set.of();
        }
        Floor.holdStill(connection);
        Map<String, Floor> floors =
                Floor.of(
                        connection,
                        changes.keySet().stream()
                                .map(id -> id.type().fullName())
                                .collect(Collectors.toSet()));
        Set<EntityId> suspected = new HashSet<>();
        changes.forEach((id, position) -> {
            Floor floor = floors.get(id.type().fullName());
            if (floor != null && floor.covers(position)) {
                suspected.add(id);
            }
        });
        return suspected;
    }
}
