package dev.understudy.instance;

import dev.understudy.instance.write.ChangePublication;
import dev.understudy.schemas.model.EntityContent;
import dev.understudy.store.EntityRow;
import dev.understudy.store.StoreTransaction;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers what was published, committed or not. */
public final class RecordedPublication implements ChangePublication {
    private final List<Published> published = new CopyOnWriteArrayList<>();

    /** One call. */
    public record Published(EntityRow row, EntityContent content, Optional<String> traceparent) {}

    public List<Published> published() {
        return List.copyOf(published);
    }

    @Override
    public void publish(
            StoreTransaction transaction,
            EntityRow row,
            EntityContent eventContent,
            Optional<String> traceparent) {
        published.add(new Published(row, eventContent, traceparent));
    }
}
