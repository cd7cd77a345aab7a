package dev.understudy.instance.digest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.instance.Contoso;
import dev.understudy.instance.RecordedPublication;
import dev.understudy.instance.snapshot.Republication;
import dev.understudy.sandbox.Database;
import dev.understudy.sandbox.PostgresServer;
import dev.understudy.schemas.event.Version;
import dev.understudy.schemas.model.EntityContent;
import dev.understudy.store.EntityId;
import dev.understudy.store.EntityRow;
import dev.understudy.store.RecordState;
import dev.understudy.store.install.StoreSchema;
import dev.understudy.store.postgres.PostgresEntityStore;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.postgresql.ds.PGSimpleDataSource;

/** A repair beside writers of the same entity, on a real database. */
@Timeout(60)
final class RepairIT {
    private static final Instant TIME = Instant.parse("2026-11-21T09:30:00Z");

    private final Database database = PostgresServer.shared().freshDatabase();
    private final PostgresEntityStore store;
    private CompletableFuture<Version> created = new CompletableFuture<>();

    RepairIT() {
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setUrl(database.jdbcUrl());
        dataSource.setUser(database.user());
        dataSource.setPassword(database.password());
        StoreSchema.install(dataSource, Contoso.CATALOG);
        store = new PostgresEntityStore(dataSource, Contoso.CATALOG, "us");
    }

    @Test
    void entityThatIsCreatedMeanwhileIsNotDeleted() throws Exception {
        EntityId id = Contoso.id(Contoso.ACCOUNT, 1);
        Repair repair =
                new Repair(
                        store,
                        new Republication(store, new RecordedPublication()),
                        asking(() -> createBeside(id)));

        repair.repair(List.of(new Repair.Differing(id, new Version(7))));

        Version version = created.get(30, TimeUnit.SECONDS);
        EntityRow row = store.read(id).orElseThrow();
        assertThat(row.state()).isEqualTo(RecordState.HYDRATED);
        assertThat(row.version()).isEqualTo(version).isGreaterThan(new Version(7));
    }

    /** The repair asks for the time between its look and its write. */
    private static Clock asking(Runnable action) {
        InstantSource source =
                () -> {
                    action.run();
                    return TIME;
                };
        return source.withZone(ZoneOffset.UTC);
    }

    /** Returns when the other writer has committed, or waits for the repair. */
    private void createBeside(EntityId id) {
        created = CompletableFuture.supplyAsync(() -> create(id));
        long deadlineNs = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!created.isDone() && !isSomeoneWaiting()) {
            assertThat(System.nanoTime()).isLessThan(deadlineNs);
            LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
        }
    }

    private Version create(EntityId id) {
        return store.write(transaction -> {
            Version version =
                    transaction.lock(id).map(EntityRow::version).orElse(Version.NONE).next();
            EntityContent content = EntityContent.ofKey(id.type(), id.key());
            for (String field : List.of("accountNumber", "name")) {
                content = content.with(Contoso.field(id.type(), field), "x");
            }
            content = content.with(Contoso.field(id.type(), "creditOnHold"), false);
            content = content.with(Contoso.field(id.type(), "createdOn"), TIME);
            transaction.save(new EntityRow(content, RecordState.HYDRATED, version, TIME));
            return version;
        });
    }

    private boolean isSomeoneWaiting() {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery(
                                "SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted)")) {
            row.next();
            return row.getBoolean(1);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
