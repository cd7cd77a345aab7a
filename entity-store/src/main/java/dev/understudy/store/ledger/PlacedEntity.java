package dev.understudy.store.ledger;

import dev.understudy.store.EntityId;
import java.time.Instant;

/** A placeholder and since when it waits. */
public record PlacedEntity(EntityId id, Instant placedAt) {}
