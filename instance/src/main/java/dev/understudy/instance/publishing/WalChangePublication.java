package dev.understudy.instance.publishing;

import dev.understudy.instance.write.ChangePublication;
import dev.understudy.instance.write.Refusal;
import dev.understudy.instance.write.RefusedWriteException;
import dev.understudy.schemas.UnderstudyException;
import dev.understudy.schemas.codec.EncodedContent;
import dev.understudy.schemas.event.ChangeKind;
import dev.understudy.schemas.model.EntityContent;
import dev.understudy.store.EntityRow;
import dev.understudy.store.PublishedContent;
import dev.understudy.store.RecordState;
import dev.understudy.store.StoreException;
import dev.understudy.store.StoreTransaction;
import java.util.Optional;

/**
 * Publishes through the WAL. The lock on the row, held by the transaction, makes the commits of one
 * entity come in the order of its versions. Thread-safe.
 */
final class WalChangePublication implements ChangePublication {
    /** What Kafka takes as one record, less room for the record's key and headers. */
    static final int MAX_MESSAGE_BYTES = TopicSetup.MAX_RECORD_BYTES - 64 * 1024;

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
        if (row.state() == RecordState.HYDRATED) {
            PublishedContent told = transaction.asInstalled(row, codec::canTell);
            transaction.emit(WalMessage.PREFIX, message(row, told.content(), traceparent), told);
        } else {
            transaction.emit(WalMessage.PREFIX, message(row, eventContent, traceparent));
        }
    }

    /**
     * The message that publishes a row.
     *
     * @throws RefusedWriteException if it is too large
     */
    byte[] message(EntityRow row, EntityContent eventContent, Optional<String> traceparent) {
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
                    case PLACEHOLDER, ALIAS ->
                            throw new IllegalArgumentException(
                                    row.id() + " is a placeholder, which is not published");
                };
        WalMessage change =
                new WalMessage.Change(
                        EncodedContent.of(eventContent),
                        kind,
                        row.version(),
                        row.changedAt(),
                        traceparent);
        byte[] message = codec.encode(change);
        if (message.length > MAX_MESSAGE_BYTES) {
            // Once committed it would stand before all later changes for ever.
            throw new RefusedWriteException(
                    new Refusal(
                            Refusal.Reason.TOO_LARGE,
                            "%s with the key '%s' would have %d bytes, more than %d: shorten it"
                                    .formatted(
                                            row.id().type(),
                                            row.id().key().text(),
                                            message.length,
                                            MAX_MESSAGE_BYTES)));
        }
        return message;
    }
}
