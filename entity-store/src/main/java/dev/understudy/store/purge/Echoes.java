package dev.understudy.store.purge;

import dev.understudy.schemas.event.Position;
import dev.understudy.store.sql.Statements;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * Tells a replica's news from echoes: events from before a purge that come again. Without its
 * marker, a purged entity's old event would make it anew. Whatever an owner publishes after it
 * purged, also a repair, a snapshot or the answer to a request, has a later position than the
 * deletions that are purged; so only what comes again from before can be at or below the floor.
 */
public final class Echoes {
    private final Map<String, Floor> floors = new HashMap<>();

    private Echoes() {}

    /** Asks for the floors of these types. Until the transaction ends no purge raises them. */
    public static Echoes of(Statements statements, Collection<String> types) {
        Echoes echoes = new Echoes();
        if (!types.isEmpty()) {
            Floor.holdStill(statements);
            // A statement of its own sees what was committed before the floors stood still.
            Floor.read(statements, types, echoes.floors);
        }
        return echoes;
    }

    /**
     * Whether, once the statements have run, such a change is known for an echo if its entity has
     * no row, or only a placeholder: to be treated as stale then.
     */
    public boolean suspects(String type, Position position) {
        Floor floor = floors.get(type);
        return floor != null && floor.covers(position);
    }

    /** Whether, once the statements have run, it is known that there are none, as nearly always. */
    public boolean areNone() {
        return floors.isEmpty();
    }
}
