package dev.understudy.replicator.apply;

import dev.understudy.schemas.event.ChangeEvent;
import dev.understudy.schemas.event.ChangeEventDecoder;
import dev.understudy.schemas.event.Decoded;
import dev.understudy.schemas.event.PoisonReason;
import dev.understudy.schemas.event.RegistryUnavailableException;
import dev.understudy.store.EntityStore;
import dev.understudy.store.Outcome;
import dev.understudy.store.StoreException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Decodes records and applies them to the store; each is settled once, and what cannot be settled
 * now stays at the step it has reached. One thread's.
 */
final class Settler implements AutoCloseable {
    private static final String WHAT_TO_DO =
            "; give the replicator a schema or a catalog that fits (understudy.schemas), and the"
                    + " event is redriven by itself";

    private final ChangeEventDecoder decoder;
    private final EntityStore store;
    private final WriterSchemas schemas;
    private final Clock clock;
    private final int maxBatch;

    /**
     * @param maxBatch events in one transaction of the store at most
     */
    Settler(ChangeEventDecoder decoder, Flusher.Services services, int maxBatch) {
        this.decoder = decoder;
        this.store = services.store();
        this.schemas = services.schemas();
        this.clock = services.clock();
        this.maxBatch = maxBatch;
    }

    /** Settles what it can of the batch, and tells what stopped it, if anything did. */
    List<Fault> settle(List<Pending> batch) {
        return Stream.of(decode(batch), apply(batch)).flatMap(Optional::stream).toList();
    }

    private Optional<Fault> decode(List<Pending> batch) {
        try {
            for (Pending pending : batch) {
                if (pending.decoded() != null) {
                    continue;
                }
                switch (schemas.check(pending.entry(), pending.record().value())) {
                    case WriterSchemas.Verdict.Fits() -> decode(pending, decoded(pending));
                    case WriterSchemas.Verdict.Refused(String why) ->
                            decode(pending, new Decoded.Poison(PoisonReason.SCHEMA, why, null));
                    case WriterSchemas.Verdict.Newer(String message) -> {
                        return Optional.of(
                                new Fault(
                                        Part.SCHEMA, message, new IllegalStateException(message)));
                    }
                }
            }
            return Optional.empty();
        } catch (RegistryUnavailableException e) {
            return Optional.of(Fault.of(Part.REGISTRY, e));
        }
    }

    private void decode(Pending pending, Decoded decoded) {
        pending.decoded(decoded);
        switch (decoded) {
            case Decoded.Poison(var reason, var message, var cause) -> {
                String told = reason == PoisonReason.SCHEMA ? message + WHAT_TO_DO : message;
                pending.settled(
                        new Settled.Rejected(reason, told, described(cause), clock.instant()));
            }
            // Ours stays: no record says whether all that the owner had before it is here by now.
            case Decoded.Purged _ -> pending.settled(new Settled.Purged());
            case Decoded.Change _ -> {}
        }
    }

    /** One record that surprises the decoder does not hold up all that follow it. */
    private Decoded decoded(Pending pending) {
        try {
            return decoder.decode(
                    pending.entry(),
                    pending.record().key(),
                    pending.record().value(),
                    pending.record().headers());
        } catch (RegistryUnavailableException e) {
            throw e;
        } catch (RuntimeException e) {
            return new Decoded.Poison(PoisonReason.UNDECODABLE, "unexpected: " + e, e);
        }
    }

    private Optional<Fault> apply(List<Pending> batch) {
        List<Pending> changes = new ArrayList<>();
        List<ChangeEvent> events = new ArrayList<>();
        for (Pending pending : batch) {
            if (pending.settled() == null
                    && pending.decoded() instanceof Decoded.Change(ChangeEvent event)) {
                changes.add(pending);
                events.add(event);
            }
        }
        try {
            for (int from = 0; from < events.size(); from += maxBatch) {
                int to = Math.min(from + maxBatch, events.size());
                apply(changes.subList(from, to), events.subList(from, to));
            }
            return Optional.empty();
        } catch (StoreException e) {
            return Optional.of(Fault.of(Part.DATABASE, e));
        }
    }

    private void apply(List<Pending> changes, List<ChangeEvent> events) {
        List<Outcome> outcomes = store.apply(List.copyOf(events));
        Instant now = clock.instant();
        for (int i = 0; i < changes.size(); i++) {
            changes.get(i)
                    .settled(
                            switch (outcomes.get(i)) {
                                case Outcome.Refused(String sqlState, String message) ->
                                        new Settled.Rejected(
                                                PoisonReason.REFUSED,
                                                sqlState + ": " + message,
                                                "SQLSTATE " + sqlState,
                                                now);
                                case Outcome outcome ->
                                        new Settled.Applied(events.get(i), outcome, now);
                            });
        }
    }

    /** The class of the innermost cause; those around it only say where it happened. */
    private static String described(@Nullable Throwable cause) {
        if (cause == null) {
            return "none";
        }
        Throwable root = cause;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getClass().getName();
    }

    @Override
    public void close() {
        decoder.close();
    }
}
