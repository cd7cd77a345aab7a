package dev.understudy.store.digest;

import java.time.Instant;

/** A placeholder of a replica, and since when it waits. */
public record PlacedKey(String key, Instant placedAt) {}
