package dev.understudy.store.subset;

import dev.understudy.schemas.event.ChangeEvent;
import dev.understudy.store.EntityId;
import java.util.List;
import java.util.Set;

/** How rows are taken back that a target no longer keeps. */
@FunctionalInterface
public interface Withdrawals {
    /**
     * Makes a placeholder of each row that has a lower version than its event; it keeps the event's
     * version, so that no older one fills it. Places nothing. Idempotent.
     *
     * @param events of different entities
     * @return the entities whose rows have their event's version or a higher one, or had it before
     * @throws dev.understudy.store.RowRefusedException if the database refuses any of it, and so
     *     none was done
     */
    Set<EntityId> withdraw(List<ChangeEvent> events);
}
