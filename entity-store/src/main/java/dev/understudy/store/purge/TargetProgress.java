package dev.understudy.store.purge;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far a registered target is.
 *
 * @param completeAsOf every change that the owner committed up to it has been applied there, by the
 *     clock of the owner's process; null if nobody knows
 */
public record TargetProgress(String target, @Nullable Instant completeAsOf) {}
