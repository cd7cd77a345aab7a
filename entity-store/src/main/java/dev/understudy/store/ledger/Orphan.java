package dev.understudy.store.ledger;

import dev.understudy.store.EntityId;
import java.time.Instant;

/**
 * A placeholder of an entity that its owner does not know.
 *
 * @param toldAt when the owner last said so
 */
public record Orphan(EntityId id, Instant placedAt, Instant toldAt) {}
