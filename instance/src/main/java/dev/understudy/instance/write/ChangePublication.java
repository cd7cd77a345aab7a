package dev.understudy.instance.write;

import dev.understudy.schemas.model.EntityContent;
import dev.understudy.store.EntityRow;
import dev.understudy.store.StoreTransaction;
import java.util.Optional;

/** How a saved row becomes a change event, as part of the transaction that saved it. */
public interface ChangePublication {
    /**
     * Publishes the row if the transaction commits.
     *
     * @param eventContent the row's content; of a deletion marker the last one before it
     * @param traceparent W3C trace context of the write
     * @throws RefusedWriteException if the row is too large to be published
     */
    void publish(
            StoreTransaction transaction,
            EntityRow row,
            EntityContent eventContent,
            Optional<String> traceparent);
}
