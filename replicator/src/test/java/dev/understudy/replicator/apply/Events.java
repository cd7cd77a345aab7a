package dev.understudy.replicator.apply;

import dev.understudy.schemas.event.ChangeEvent;
import dev.understudy.schemas.event.ChangeEventEncoder;
import dev.understudy.schemas.event.ChangeKind;
import dev.understudy.schemas.event.ChangeMetadata;
import dev.understudy.schemas.event.Position;
import dev.understudy.schemas.event.Version;
import dev.understudy.schemas.model.Catalog;
import dev.understudy.schemas.model.CatalogEntry;
import dev.understudy.schemas.model.EntityContent;
import dev.understudy.schemas.model.EntityField;
import dev.understudy.schemas.model.EntityKey;
import dev.understudy.schemas.model.EntityType;
import dev.understudy.schemas.model.SchemaFiles;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.record.TimestampType;

/** Change events of the contoso domain, owned by {@code us}. */
public final class Events {
    public static final Catalog CATALOG =
            Catalog.of(
                    List.of(
                            "us.contoso.crm.Account",
                            "us.contoso.crm.Contact",
                            "europe.contoso.crm.Ticket"),
                    new SchemaFiles(List.of("classpath:contoso")));
    public static final CatalogEntry ACCOUNTS = CATALOG.entry("contoso.crm.Account");
    public static final CatalogEntry CONTACTS = CATALOG.entry("contoso.crm.Contact");

    private static final Instant TIME = Instant.parse("2026-01-02T03:04:05.000006Z");

    private Events() {}

    public static Map<String, String> mockRegistry() {
        return Map.of("schema.registry.url", "mock://replicator");
    }

    public static ChangeEvent account(int number, long version) {
        return account(number, version, ChangeKind.UPSERTED);
    }

    public static ChangeEvent account(int number, long version, ChangeKind kind) {
        return account(ACCOUNTS.type(), number, version, kind);
    }

    /** An account by another schema, as far as that has its fields. */
    public static ChangeEvent account(EntityType type, int number, long version, ChangeKind kind) {
        Map<String, Object> values =
                Map.of(
                        "accountNumber",
                        "A-" + number,
                        "name",
                        "Account " + number + " v" + version,
                        "creditOnHold",
                        version % 2 == 0,
                        "createdOn",
                        TIME);
        EntityContent content = EntityContent.ofKey(type, key(number));
        for (Map.Entry<String, Object> value : values.entrySet()) {
            Optional<EntityField> field = type.field(value.getKey());
            content = field.isEmpty() ? content : content.with(field.get(), value.getValue());
        }
        return event(content, version, kind);
    }

    /** An account with a name of its own. */
    public static ChangeEvent named(int number, long version, String name) {
        ChangeEvent event = account(number, version);
        return event(
                event.content().with(field(ACCOUNTS.type(), "name"), name),
                version,
                ChangeKind.UPSERTED);
    }

    /** A contact of an account. */
    public static ChangeEvent contact(int number, int account, long version) {
        EntityType type = CONTACTS.type();
        EntityContent content =
                EntityContent.ofKey(type, key(number))
                        .with(field(type, "firstName"), "Ada")
                        .with(field(type, "lastName"), "Contact " + number)
                        .with(field(type, "accountId"), key(account).value())
                        .with(field(type, "createdOn"), TIME);
        return event(content, version, ChangeKind.UPSERTED);
    }

    public static EntityKey key(int number) {
        return new EntityKey.OfUuid(new UUID(7, number));
    }

    /** The event as a consumer gets it. */
    public static ConsumerRecord<byte[], byte[]> record(
            ChangeEventEncoder encoder, ChangeEvent event, int partition, long offset) {
        return record(encoder.encode(event), partition, offset);
    }

    public static ConsumerRecord<byte[], byte[]> record(
            ProducerRecord<byte[], byte[]> produced, int partition, long offset) {
        return new ConsumerRecord<>(
                produced.topic(),
                partition,
                offset,
                0,
                TimestampType.CREATE_TIME,
                ConsumerRecord.NULL_SIZE,
                ConsumerRecord.NULL_SIZE,
                produced.key(),
                produced.value(),
                produced.headers(),
                Optional.empty());
    }

    private static ChangeEvent event(EntityContent content, long version, ChangeKind kind) {
        return new ChangeEvent(
                content.key(),
                content,
                new ChangeMetadata(
                        "us",
                        kind,
                        new Version(version),
                        new Position(1, version),
                        TIME,
                        Optional.empty()));
    }

    private static EntityField field(EntityType type, String name) {
        return type.field(name).orElseThrow();
    }
}
