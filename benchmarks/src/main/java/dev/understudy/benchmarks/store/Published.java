package dev.understudy.benchmarks.store;

import dev.understudy.schemas.event.ChangeEvent;
import dev.understudy.schemas.event.ChangeKind;
import dev.understudy.schemas.event.ChangeMetadata;
import dev.understudy.schemas.event.Position;
import dev.understudy.schemas.event.Version;
import dev.understudy.schemas.model.EntityContent;
import java.time.Instant;
import java.util.Optional;

/** What the owner {@code us} publishes in a benchmark, the same in every run. */
public final class Published {
    /** When everything began. */
    public static final Instant TIME = Instant.parse("2026-11-21T09:30:00.123456Z");

    private Published() {}

    /**
     * The event of an entity at a version, a second after the one before.
     *
     * @param number of the entity, below a billion; positions rise by version, then by number
     */
    public static ChangeEvent event(EntityContent content, int number, long version) {
        return new ChangeEvent(
                content.key(),
                content,
                new ChangeMetadata(
                        "us",
                        ChangeKind.UPSERTED,
                        new Version(version),
                        new Position(1, version * 1_000_000_000L + number),
                        TIME.plusSeconds(version),
                        Optional.empty()));
    }
}
