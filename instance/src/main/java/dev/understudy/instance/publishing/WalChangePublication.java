package dev.understudy.instance.publishing;

import dev.understudy.instance.write.ChangePublication;
import dev.understudy.schemas.UnderstudyException;
import dev.understudy.schemas.event.ChangeKind;
import dev.understudy.schemas.model.EntityContent;
import dev.understudy.store.EntityRow;
import dev.understudy.store.StoreException;
import dev.understudy.store.StoreTransaction;
import java.util.Optional;

/**
 * Publishes through the WAL. The lock on the row, held by the transaction, makes the commits of one
 * entity come in the order of its versions. Thread-safe.
 */
final class WalChangePublication implements ChangePublication {
    private final WalMessageCodec codec;
    private final PublishingStatus status;

    WalChangePublication(WalMessageCodec codec, PublishingStatus status) {
        this.codec = codec;
        this.status = status;
    }

    @Override
    public void publish(
            StoreTransaction transaction,
            EntityRow row,
            EntityContent eventContent,
            Optional<String> traceparent) {
        if (!status.isAccepting()) {
            throw new StoreException(
                    UnderstudyException.Severity.RETRYABLE,
                    "no write of " + row.id() + " yet: the replication slot is being prepared",
                    null);
        }
        ChangeKind kind =
                switch (row.state()) {
                    case HYDRATED -> ChangeKind.UPSERTED;
                    case DELETED -> ChangeKind.DELETED;
                    case PLACEHOLDER ->
                            throw new IllegalArgumentException(
                                    row.id() + " is a placeholder, which is not published");
                };
        WalMessage change =
                new WalMessage.Change(
                        eventContent, kind, row.version(), row.changedAt(), traceparent);
        transaction.emit(WalMessage.PREFIX, codec.encode(change));
    }
}
