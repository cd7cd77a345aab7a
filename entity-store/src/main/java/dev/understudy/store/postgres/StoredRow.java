package dev.understudy.store.postgres;

import dev.understudy.schemas.event.ChangeEvent;
import dev.understudy.schemas.event.ChangeKind;
import dev.understudy.schemas.event.Position;
import dev.understudy.schemas.event.Version;
import dev.understudy.schemas.model.EntityContent;
import dev.understudy.schemas.model.EntityKey;
import dev.understudy.store.EntityId;
import dev.understudy.store.EntityRow;
import dev.understudy.store.RecordState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One row as it is to be stored.
 *
 * @param content of a placeholder and a deletion marker only the key
 * @param position null for an owned row and a placeholder
 * @param changedAt null for now, by the database's clock
 * @param ceded the bits of the alternate keys that it does not hold
 * @param arrival where it came in its batch, the order in which contents lie in memory
 */
record StoredRow(
        EntityContent content,
        RecordState state,
        Version version,
        @Nullable Position position,
        @Nullable Instant changedAt,
        int ceded,
        int arrival) {

    static StoredRow of(ChangeEvent event, int arrival) {
        boolean isUpserted = event.metadata().kind() == ChangeKind.UPSERTED;
        return new StoredRow(
                isUpserted ? event.content() : EntityContent.ofKey(event.type(), event.key()),
                isUpserted ? RecordState.HYDRATED : RecordState.DELETED,
                event.version(),
                event.metadata().position(),
                event.metadata().time(),
                0,
                arrival);
    }

    static StoredRow placeholder(EntityId id) {
        EntityContent key = EntityContent.ofKey(id.type(), id.key());
        return new StoredRow(key, RecordState.PLACEHOLDER, Version.NONE, null, null, 0, 0);
    }

    /**
     * An owner's row.
     *
     * @throws IllegalArgumentException if it is a placeholder, which is never saved
     */
    static StoredRow owned(EntityRow row) {
        if (row.state() == RecordState.PLACEHOLDER || row.version().equals(Version.NONE)) {
            throw new IllegalArgumentException("a placeholder is placed, not saved: " + row.id());
        }
        EntityContent content =
                row.state() == RecordState.DELETED
                        ? EntityContent.ofKey(row.content().type(), row.content().key())
                        : row.content();
        return new StoredRow(content, row.state(), row.version(), null, row.changedAt(), 0, 0);
    }

    StoredRow ceding(int bits) {
        return new StoredRow(content, state, version, position, changedAt, bits, arrival);
    }

    StoredRow with(EntityContent other) {
        return new StoredRow(other, state, version, position, changedAt, ceded, arrival);
    }

    EntityKey key() {
        return content.key();
    }
}
