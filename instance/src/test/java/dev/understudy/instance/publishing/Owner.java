package dev.understudy.instance.publishing;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.understudy.instance.batch.Schedules;
import dev.understudy.sandbox.Database;
import dev.understudy.schemas.event.Version;
import dev.understudy.schemas.model.Catalog;
import dev.understudy.schemas.model.EntityContent;
import dev.understudy.schemas.model.EntityKey;
import dev.understudy.schemas.model.EntityType;
import dev.understudy.schemas.model.SchemaFiles;
import dev.understudy.store.EntityId;
import dev.understudy.store.EntityRow;
import dev.understudy.store.RecordState;
import dev.understudy.store.install.StoreSchema;
import dev.understudy.store.postgres.PostgresEntityStore;
import dev.understudy.store.postgres.StoredKeys;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;

/** An owner under a name of its own, with a fresh database, and any number of publishers. */
final class Owner implements AutoCloseable {
    final List<RuntimeException> failedStarts = new CopyOnWriteArrayList<>();
    private static final AtomicInteger NUMBER = new AtomicInteger();

    final String name = "owner-" + NUMBER.incrementAndGet();
    final Catalog catalog =
            Catalog.of(
                    List.of(name + ".contoso.crm.Account", name + ".contoso.crm.Contact"),
                    new SchemaFiles(List.of("classpath:contoso")));
    final EntityType account = catalog.entry("contoso.crm.Account").type();
    final Servers servers;
    final Database database;
    final HikariDataSource pool;
    final PostgresEntityStore store;
    final PublishingSettings settings;

    Owner(Servers servers) {
        this(servers, Schedules.NONE);
    }

    /** One whose types are published by schedule, if they have one. */
    Owner(Servers servers, Schedules schedules) {
        this.servers = servers;
        database = servers.postgres().freshDatabase();
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(database.jdbcUrl());
        config.setUsername(database.user());
        config.setPassword(database.password());
        config.setMaximumPoolSize(8);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(2_000);
        config.setValidationTimeout(1_000);
        config.addDataSourceProperty("socketTimeout", "10");
        pool = new HikariDataSource(config);
        StoreSchema.install(pool, catalog);
        store = new PostgresEntityStore(pool, catalog, name);
        settings =
                new PublishingSettings(
                        name,
                        new PublishingSettings.Database(
                                database.jdbcUrl(), database.user(), database.password()),
                        new PublishingSettings.Kafka(
                                servers.kafka().bootstrapServers(), servers.registry().url()),
                        new PublishingSettings.Topics(3, (short) 1),
                        new PublishingSettings.Timing(
                                Duration.ofMillis(200),
                                Duration.ofSeconds(3),
                                Duration.ofMillis(500),
                                schedules),
                        PublishingSettings.Limits.DEFAULTS);
    }

    /** One more process of this owner, not started. */
    Publishing publishing() {
        return new Publishing(
                settings,
                catalog,
                new Publishing.Storage(pool, store, new StoredKeys(pool, catalog)),
                new Publishing.Environment(
                        Clock.systemUTC(),
                        RandomGenerator.getDefault(),
                        new SimpleMeterRegistry(),
                        failedStarts::add));
    }

    /** One more process, which takes writes. */
    Publishing started() throws Exception {
        Publishing publishing = publishing();
        publishing.start();
        Deadline.await("writes are accepted", publishing.status()::isAccepting);
        return publishing;
    }

    EntityId someAccount() {
        return new EntityId(account, new EntityKey.OfUuid(UUID.randomUUID()));
    }

    /** Writes the entity's next version. */
    Version write(Publishing publishing, EntityId id) {
        return write(publishing, id, RecordState.HYDRATED);
    }

    Version write(Publishing publishing, EntityId id, RecordState state) {
        return store.write(transaction -> {
            Version version =
                    transaction.lock(id).map(EntityRow::version).orElse(Version.NONE).next();
            Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
            EntityContent content = content(id, version);
            EntityContent stored =
                    state == RecordState.HYDRATED
                            ? content
                            : EntityContent.ofKey(id.type(), id.key());
            EntityRow row = new EntityRow(stored, state, version, now);
            transaction.save(row);
            publishing.publication().publish(transaction, row, content, Optional.of("00-trace"));
            return version;
        });
    }

    EntityContent content(EntityId id, Version version) {
        EntityContent content = EntityContent.ofKey(id.type(), id.key());
        content = with(content, "accountNumber", "A-" + id.key().text());
        content = with(content, "name", "version " + version.number());
        content = with(content, "creditOnHold", false);
        return with(content, "createdOn", Instant.parse("2026-11-21T09:30:00.123456Z"));
    }

    private static EntityContent with(EntityContent content, String field, Object value) {
        return content.with(content.type().field(field).orElseThrow(), value);
    }

    void execute(String sql) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** One value, as text. */
    String query(String sql) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return String.valueOf(rows.getString(1));
        }
    }

    String slot() {
        return SlotSql.of(name).slot();
    }

    Topic topic() {
        return new Topic(servers, catalog.entry(account.fullName()));
    }

    /** The server is shared, and has only so many slots. */
    @Override
    public void close() {
        pool.close();
        try {
            execute(
                    """
                    SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots
                    WHERE slot_name = '%s' AND NOT active
                    """
                            .formatted(slot()));
        } catch (SQLException _) {
            // The server may be away: then it is one of the test's own.
        }
    }
}
