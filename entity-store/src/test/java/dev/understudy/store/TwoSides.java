package dev.understudy.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.sandbox.PostgresVersion;
import dev.understudy.schemas.event.ChangeEvent;
import dev.understudy.schemas.event.ChangeKind;
import dev.understudy.schemas.event.ChangeMetadata;
import dev.understudy.schemas.event.Position;
import dev.understudy.schemas.event.Version;
import dev.understudy.schemas.model.Catalog;
import dev.understudy.schemas.model.CatalogEntry;
import dev.understudy.schemas.model.EntityContent;
import dev.understudy.schemas.model.EntityType;
import dev.understudy.store.digest.DatabaseSide;
import dev.understudy.store.digest.DigestComparison;
import dev.understudy.store.digest.DigestOptions;
import dev.understudy.store.digest.DigestReport;
import dev.understudy.store.install.StoreSchema;
import dev.understudy.store.postgres.PostgresEntityStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/** An owner on PostgreSQL 18 and a replica on 16, each with one type. */
final class TwoSides implements AutoCloseable {
    private static final DigestOptions OPTIONS =
            new DigestOptions(100, 1_000, 1_000, 1, Duration.ZERO);

    private final TestDatabase owner = new TestDatabase(PostgresVersion.POSTGRES_18);
    private final TestDatabase replica = new TestDatabase(PostgresVersion.POSTGRES_16);

    TestDatabase replica() {
        return replica;
    }

    /** The same type and the same rows on both. */
    void fill(EntityType type, List<EntityContent> contents) {
        install(type, type);
        save(type, contents);
        apply(type, contents, 1);
    }

    void install(EntityType atOwner, EntityType atReplica) {
        StoreSchema.install(owner.dataSource(), catalog(atOwner));
        StoreSchema.install(replica.dataSource(), catalog(atReplica));
    }

    /** At the owner, at version 1. */
    void save(EntityType type, List<EntityContent> contents) {
        new PostgresEntityStore(owner.dataSource(), catalog(type), "us")
                .write(transaction -> {
                    contents.forEach(content -> transaction.save(row(content)));
                    return true;
                });
    }

    /** At the replica. */
    void apply(EntityType type, List<EntityContent> contents, long version) {
        assertThat(
                        new PostgresEntityStore(replica.dataSource(), catalog(type), "europe")
                                .apply(contents.stream().map(c -> event(c, version)).toList()))
                .hasOnlyElementsOfType(Outcome.Applied.class);
    }

    DigestReport compare(EntityType type) {
        return compare(type, type, replica.dataSource());
    }

    DigestReport compare(EntityType atOwner, EntityType atReplica, DataSource replicaDataSource) {
        return new DigestComparison(
                        new DatabaseSide(owner.dataSource(), catalog(atOwner), 1),
                        new DatabaseSide(replicaDataSource, catalog(atReplica), 1),
                        OPTIONS)
                .compare(atOwner.fullName());
    }

    @Override
    public void close() {
        owner.close();
        replica.close();
    }

    private static EntityRow row(EntityContent content) {
        return new EntityRow(content, RecordState.HYDRATED, new Version(1), Contoso.TIME);
    }

    private static ChangeEvent event(EntityContent content, long version) {
        ChangeMetadata metadata =
                new ChangeMetadata(
                        "us",
                        ChangeKind.UPSERTED,
                        new Version(version),
                        new Position(1, 1),
                        Contoso.TIME,
                        Optional.empty());
        return new ChangeEvent(content.key(), content, metadata);
    }

    private static Catalog catalog(EntityType type) {
        return new Catalog(List.of(new CatalogEntry("us", type)));
    }
}
