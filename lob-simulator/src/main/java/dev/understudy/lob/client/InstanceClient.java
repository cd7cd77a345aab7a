package dev.understudy.lob.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.understudy.lob.client.InstanceFault.Code;
import dev.understudy.lob.client.Submission.Reason;
import dev.understudy.lob.client.Transport.Answer;
import dev.understudy.lob.client.WriteResult.Accepted;
import dev.understudy.lob.client.WriteResult.Refused;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A client of one instance's Web API. Every method may throw {@link InstanceFault}, except that
 * bulk methods count it. Thread-safe.
 */
public final class InstanceClient implements AutoCloseable {

    /** An answer that is none: the write may have been stored. */
    private static final String OUTCOME_UNKNOWN = "OutcomeUnknown";

    private final InstanceSettings settings;
    private final Transport transport;
    private final BoundedParallel parallel;

    public InstanceClient(InstanceSettings settings) {
        this(settings, Clock.systemUTC());
    }

    /** As above; the circuit takes its times from a clock. */
    InstanceClient(InstanceSettings settings, Clock clock) {
        this.settings = settings;
        this.transport = new Transport(settings, clock);
        this.parallel = new BoundedParallel(settings.limits().parallelism());
    }

    /** Whether requests are sent: the circuit towards this instance as it is now. */
    public Circuit circuit() {
        return transport.circuit();
    }

    /** Creates an entity under its own key; refused with {@code AlreadyExists} if it is there. */
    public <T> WriteResult create(EntitySet<T> set, T entity) {
        return written("POST", set.name(), keyed(set, entity));
    }

    /**
     * As above, and hands over the entity as the instance then shows it, if the answer shows it.
     */
    public <T> WriteResult create(EntitySet<T> set, T entity, Consumer<Entry<T>> shown) {
        URI url = url(set.name());
        Answer answer = transport.send("POST", url, keyed(set, entity), "return=representation");
        WriteResult result = result("POST", url, answer);
        if (result instanceof Accepted && answer.body().isObject()) {
            shown.accept(entry(set, url, answer.body()));
        }
        return result;
    }

    private static <T> ObjectNode keyed(EntitySet<T> set, T entity) {
        ObjectNode body = set.write().apply(entity).json();
        return body.put(set.keyField(), set.key().apply(entity).toString());
    }

    /**
     * Creates or updates an entity: the fields it has are set, those that are null are left as they
     * are.
     */
    public <T> WriteResult upsert(EntitySet<T> set, T entity) {
        return update(set, set.key().apply(entity), set.write().apply(entity));
    }

    /** Sets some fields of an entity, creating it if it is absent and they are all it needs. */
    public WriteResult update(EntitySet<?> set, UUID key, Body fields) {
        return written("PATCH", set.path(key), fields.json());
    }

    /**
     * Upserts fields of any set as they are; {@code key} is written as a URL writes it, encoded.
     */
    public WriteResult upsert(String set, String key, ObjectNode fields) {
        return written("PATCH", set + "(" + key + ")", fields);
    }

    /**
     * Deletes an entity; refused with {@code NotFound} if it is absent. After a connection that
     * failed, an absent one counts as deleted by the first attempt.
     */
    public WriteResult delete(EntitySet<?> set, UUID key) {
        return written("DELETE", set.path(key), null);
    }

    /** An entity or placeholder, or empty if the instance has neither. */
    public <T> Optional<Entry<T>> read(EntitySet<T> set, UUID key) {
        URI url = url(set.path(key));
        Answer answer = transport.send("GET", url, null);
        if (answer.status() == 404) {
            return Optional.empty();
        }
        return Optional.of(entry(set, url, requireRead(url, answer).body()));
    }

    /**
     * The entities and placeholders with the given keys, read in parallel; absent ones are left
     * out.
     */
    public <T> List<Entry<T>> readAll(EntitySet<T> set, Set<UUID> keys) {
        return parallel.map(List.copyOf(keys), key -> read(set, key)).stream()
                .flatMap(Optional::stream)
                .toList();
    }

    /**
     * Hands every entity and placeholder of a set to the consumer, page by page, in the order of
     * their keys.
     */
    public <T> void forEach(EntitySet<T> set, Consumer<Entry<T>> consumer) {
        Set<URI> seen = new HashSet<>();
        URI url = url(set.name());
        while (seen.add(url)) {
            JsonNode page = requireRead(url, transport.send("GET", url, null)).body();
            for (JsonNode row : page.path("value")) {
                consumer.accept(entry(set, url, row));
            }
            String next = page.path("@odata.nextLink").asText("");
            if (next.isEmpty()) {
                return;
            }
            url = url(next);
        }
        throw fault(url, "is a next link that was followed before", null);
    }

    /** All entities and placeholders of a set; for sets that fit in memory. */
    public <T> List<Entry<T>> list(EntitySet<T> set) {
        List<Entry<T>> entries = new ArrayList<>();
        forEach(set, entries::add);
        return entries;
    }

    /**
     * Upserts many entities, as many at once as the settings say. Never throws for an answer or a
     * missing one: both are counted. After too many unanswered requests the rest is not sent, nor
     * is anything while the circuit is open. May be repeated: the content is then the same, but
     * each entity that is sent again has a higher version and another event, and what others wrote
     * meanwhile is overwritten.
     */
    public <T> Submission submit(EntitySet<T> set, List<T> entities) {
        AtomicInteger faults = new AtomicInteger();
        return Attempt.tally(parallel.map(entities, entity -> attempt(set, entity, faults)));
    }

    private <T> Attempt attempt(EntitySet<T> set, T entity, AtomicInteger faults) {
        String address = set.path(set.key().apply(entity));
        if (faults.get() >= settings.limits().faults()) {
            return new Attempt.Failed(Reason.NOT_SENT, "NotSent", address);
        }
        try {
            return switch (upsert(set, entity)) {
                case Accepted _ -> new Attempt.Stored();
                case Refused(_, String code, String message) ->
                        new Attempt.Failed(Reason.REFUSED, code, address + ": " + message);
            };
        } catch (InstanceFault fault) {
            if (fault.code() == Code.CIRCUIT_OPEN) {
                return new Attempt.Failed(
                        Reason.NOT_SENT, "CircuitOpen", address + ": " + fault.getMessage());
            }
            faults.incrementAndGet();
            return new Attempt.Failed(
                    Reason.UNANSWERED, fault.code().name(), String.valueOf(fault.getMessage()));
        }
    }

    private WriteResult written(String method, String path, @Nullable JsonNode body) {
        URI url = url(path);
        return result(method, url, transport.send(method, url, body));
    }

    private static WriteResult result(String method, URI url, Answer answer) {
        if (answer.status() >= 200 && answer.status() < 300) {
            return new Accepted(answer.status(), answer.entityId());
        }
        if (answer.status() < 400) {
            throw fault(url, "answered " + method + " with " + answer.status(), null);
        }
        String code = answer.error("code");
        if (code.equals(OUTCOME_UNKNOWN)) {
            throw new InstanceFault(
                    Code.UNAVAILABLE,
                    "%s %s was answered %d %s: %s"
                            .formatted(method, url, answer.status(), code, answer.error("message")),
                    null);
        }
        return new Refused(
                answer.status(),
                code.isEmpty() ? "Http" + answer.status() : code,
                answer.error("message"));
    }

    private static Answer requireRead(URI url, Answer answer) {
        if (answer.status() == 200) {
            return answer;
        }
        Code code = answer.status() == 503 ? Code.UNAVAILABLE : Code.UNEXPECTED_ANSWER;
        throw new InstanceFault(
                code,
                "GET %s answered %d %s %s"
                        .formatted(
                                url,
                                answer.status(),
                                answer.error("code"),
                                answer.error("message")),
                null);
    }

    private static <T> Entry<T> entry(EntitySet<T> set, URI url, JsonNode row) {
        try {
            return new Fields(row).entry(set);
        } catch (IllegalArgumentException e) {
            throw fault(url, "answered an entity of " + set.name() + " whose " + e.getMessage(), e);
        }
    }

    private URI url(String pathOrLink) {
        return settings.dataUrl().resolve(pathOrLink);
    }

    private static InstanceFault fault(URI url, String what, @Nullable Throwable cause) {
        return new InstanceFault(Code.UNEXPECTED_ANSWER, url + " " + what, cause);
    }

    @Override
    public void close() {
        transport.close();
    }
}
