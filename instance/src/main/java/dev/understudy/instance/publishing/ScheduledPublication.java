package dev.understudy.instance.publishing;

import dev.understudy.instance.write.ChangePublication;
import dev.understudy.schemas.model.EntityContent;
import dev.understudy.store.EntityRow;
import dev.understudy.store.StoreTransaction;
import java.util.Optional;
import java.util.Set;

/**
 * Publication where some types have a schedule: a write of those only notes, in its transaction,
 * that there is something to publish; whoever publishes their rows again takes the note away.
 * Thread-safe.
 *
 * @param types full names of those that have a schedule
 */
record ScheduledPublication(WalChangePublication wal, Set<String> types) {
    ScheduledPublication {
        types = Set.copyOf(types);
    }

    /** Of a write. */
    ChangePublication ofWrites() {
        return (transaction, row, content, traceparent) -> {
            if (types.contains(row.id().type().fullName())) {
                // What could not be published is refused now, as it would be without a schedule.
                var _ = wal.message(row, content, traceparent);
                transaction.publishLater(row.id());
            } else {
                wal.publish(transaction, row, content, traceparent);
            }
        };
    }

    /** Of rows as they are. */
    ChangePublication now() {
        return this::publishNow;
    }

    private void publishNow(
            StoreTransaction transaction,
            EntityRow row,
            EntityContent content,
            Optional<String> traceparent) {
        wal.publish(transaction, row, content, traceparent);
        // Also of a type that has no schedule any more.
        transaction.published(row.id());
    }
}
