package dev.understudy.instance.web;

import dev.understudy.instance.RecordedPublication;
import dev.understudy.instance.write.ChangePublication;
import dev.understudy.sandbox.Database;
import dev.understudy.schemas.event.ChangeEvent;
import dev.understudy.schemas.model.Catalog;
import dev.understudy.schemas.model.EntityKey;
import dev.understudy.schemas.model.EntityType;
import dev.understudy.store.AlternateId;
import dev.understudy.store.EntityId;
import dev.understudy.store.EntityStore;
import dev.understudy.store.ledger.NameHints;
import dev.understudy.store.ledger.Orphans;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;

/** An instance in this JVM on a free port, and a client for it. */
final class InstanceServer implements AutoCloseable {
    private final ApplicationContext context;
    private final EmbeddedServer server;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    private InstanceServer(ApplicationContext context) {
        this.context = context;
        this.server = context.getBean(EmbeddedServer.class).start();
    }

    static InstanceServer start(Database database, String name, String catalog, String... more) {
        Map<String, Object> properties = new HashMap<>();
        properties.put("micronaut.server.host", "127.0.0.1");
        properties.put("micronaut.server.port", "-1");
        properties.put("understudy.instance", name);
        properties.put("understudy.catalog", catalog);
        properties.put("understudy.database.url", database.jdbcUrl());
        properties.put("understudy.database.user", database.user());
        properties.put("understudy.database.password", database.password());
        properties.put("endpoints.health.details-visible", "NEVER");
        properties.put("understudy.publishing.enabled", "false");
        for (String one : more) {
            int equals = one.indexOf('=');
            properties.put(one.substring(0, equals), one.substring(equals + 1));
        }
        ApplicationContext context = ApplicationContext.builder(properties).banner(false).build();
        context.registerSingleton(ChangePublication.class, new RecordedPublication());
        return new InstanceServer(context.start());
    }

    String url(String path) {
        return server.getURL() + "/api/data/v1.0/" + path;
    }

    /** Sends a request; headers are given as name, value, name, value … */
    HttpResponse<String> send(String method, String path, String body, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(url(path)))
                        .timeout(Duration.ofSeconds(30))
                        .header("Content-Type", "application/json")
                        .method(method, BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request.build());
    }

    HttpResponse<String> get(String path, String... headers) {
        return send("GET", path, "", headers);
    }

    HttpResponse<String> health() {
        return send(HttpRequest.newBuilder(URI.create(server.getURL() + "/health")).build());
    }

    HttpResponse<String> send(HttpRequest request) {
        try {
            return client.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** Waits until the health is this; fails if it does not come in time. */
    void awaitHealth(int status) {
        await("health is " + status, () -> health().statusCode() == status);
    }

    /** Waits until something is so; fails if it does not come in time. */
    static void await(String what, BooleanSupplier holds) {
        long deadlineNs = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!holds.getAsBoolean()) {
            if (System.nanoTime() > deadlineNs) {
                throw new AssertionError("not in time: " + what);
            }
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
    }

    /** What a replicator would do: applies change events. */
    void replicate(ChangeEvent... events) {
        context.getBean(EntityStore.class).apply(List.of(events));
    }

    /** The key of the account with this number, known only by it. */
    UUID provisionalAccount(String number) {
        EntityType account = type("contoso.crm.Account");
        AlternateId id =
                new AlternateId(account, account.alternateKeys().getFirst(), List.of(number));
        EntityId placed =
                context.getBean(EntityStore.class)
                        .write(transaction -> transaction.resolve(List.of(id)))
                        .get(id);
        return (UUID) placed.key().value();
    }

    /** Removes the names of accounts that are placeholders no more; says how many. */
    int sweepAccountNames() {
        return new NameHints(context.getBean(DataSource.class), context.getBean(Catalog.class))
                .sweep(type("contoso.crm.Account"), 1000);
    }

    /** What an owner would say: that it does not know this entity. */
    void isUnknown(EntityType type, UUID key) {
        new Orphans(context.getBean(DataSource.class), context.getBean(Catalog.class))
                .markUnknown(List.of(new EntityId(type, new EntityKey.OfUuid(key))));
    }

    /** The sum over all that have this tag. */
    double gauge(String name, String tag) {
        return context.getBean(MeterRegistry.class).find(name).tagKeys(tag).gauges().stream()
                .mapToDouble(Gauge::value)
                .sum();
    }

    double count(String name, String tag) {
        return context.getBean(MeterRegistry.class).find(name).tagKeys(tag).counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    EntityType type(String name) {
        return context.getBean(Catalog.class).entry(name).type();
    }

    List<RecordedPublication.Published> published() {
        return ((RecordedPublication) context.getBean(ChangePublication.class)).published();
    }

    @Override
    public void close() {
        client.close();
        context.close();
    }
}
