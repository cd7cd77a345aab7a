package dev.understudy.store.digest;

import dev.understudy.store.RecordState;
import java.time.Instant;

/**
 * What is compared of one row.
 *
 * @param ceded bit i: its claim to alternate key i is withdrawn in favour of another entity
 * @param contentHash MD5, in hexadecimal, of its key and compared fields
 * @param changedAt when the owner wrote it
 */
public record RowDigest(
        String key,
        RecordState state,
        long version,
        int ceded,
        String contentHash,
        Instant changedAt) {}
