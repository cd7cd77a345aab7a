package dev.understudy.instance.web;

import static dev.understudy.instance.Contoso.field;

import dev.understudy.instance.Contoso;
import dev.understudy.schemas.event.ChangeEvent;
import dev.understudy.schemas.event.ChangeKind;
import dev.understudy.schemas.event.ChangeMetadata;
import dev.understudy.schemas.event.Position;
import dev.understudy.schemas.event.Version;
import dev.understudy.schemas.model.EntityContent;
import dev.understudy.schemas.model.EntityKey;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Change events of accounts that {@code us} owns. */
final class Replicated {
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

    private Replicated() {}

    static ChangeEvent account(UUID id, long version) {
        EntityKey key = new EntityKey.OfUuid(id);
        EntityContent content =
                EntityContent.ofKey(Contoso.ACCOUNT, key)
                        .with(field(Contoso.ACCOUNT, "accountNumber"), "A-" + id)
                        .with(field(Contoso.ACCOUNT, "name"), "Contoso")
                        .with(field(Contoso.ACCOUNT, "creditOnHold"), false)
                        .with(field(Contoso.ACCOUNT, "createdOn"), NOW);
        return new ChangeEvent(key, content, metadata(ChangeKind.UPSERTED, version));
    }

    static ChangeEvent deletedAccount(UUID id, long version) {
        EntityKey key = new EntityKey.OfUuid(id);
        return new ChangeEvent(
                key,
                EntityContent.ofKey(Contoso.ACCOUNT, key),
                metadata(ChangeKind.DELETED, version));
    }

    private static ChangeMetadata metadata(ChangeKind kind, long version) {
        return new ChangeMetadata(
                "us", kind, new Version(version), new Position(0, version), NOW, Optional.empty());
    }
}
