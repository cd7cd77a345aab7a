package dev.understudy.store;

import static dev.understudy.store.Contoso.account;
import static dev.understudy.store.Contoso.someAccount;
import static dev.understudy.store.Contoso.upserted;
import static dev.understudy.store.Contoso.withParent;
import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.schemas.event.ChangeEvent;
import dev.understudy.schemas.event.Version;
import dev.understudy.schemas.model.EntityContent;
import java.util.List;

/** A store with the contoso catalog, and shorthand for tests on it. */
interface StoreFixture {
    /** May hold rows of other tests. */
    EntityStore store();

    default Outcome apply(ChangeEvent event) {
        return store().apply(List.of(event)).getFirst();
    }

    default EntityRow row(EntityId id) {
        return store().read(id).orElseThrow();
    }

    default EntityId placeholder() {
        EntityId id = someAccount();
        apply(upserted(withParent(account(someAccount(), "child"), id), 1));
        return id;
    }

    default void assertHydrated(EntityId id, String name, long version) {
        EntityRow row = row(id);
        assertThat(row.state()).isEqualTo(RecordState.HYDRATED);
        assertThat(row.content()).isEqualTo(account(id, name));
        assertThat(row.version()).isEqualTo(new Version(version));
    }

    default void assertPlaceholder(EntityId id) {
        EntityRow row = row(id);
        assertThat(row.state()).isEqualTo(RecordState.PLACEHOLDER);
        assertThat(row.version()).isEqualTo(Version.NONE);
        assertThat(row.content()).isEqualTo(EntityContent.ofKey(id.type(), id.key()));
    }

    default void assertMarker(EntityId id, long version) {
        EntityRow row = row(id);
        assertThat(row.state()).isEqualTo(RecordState.DELETED);
        assertThat(row.version()).isEqualTo(new Version(version));
        assertThat(row.content()).isEqualTo(EntityContent.ofKey(id.type(), id.key()));
    }

    default EntityContent withoutName(EntityId account) {
        EntityContent content = account(account, "x");
        return content.with(Contoso.ACCOUNT.field("name").orElseThrow(), null);
    }
}
