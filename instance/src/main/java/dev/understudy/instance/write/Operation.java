package dev.understudy.instance.write;

import dev.understudy.store.EntityRow;
import dev.understudy.store.StoreTransaction;
import java.util.Optional;

/**
 * A write within its transaction.
 *
 * @param before the row that is locked, whatever its state; empty if there was none
 * @param after the row that is saved: hydrated or deleted
 */
public record Operation(
        WriteRequest request,
        StoreTransaction transaction,
        Optional<EntityRow> before,
        EntityRow after) {}
