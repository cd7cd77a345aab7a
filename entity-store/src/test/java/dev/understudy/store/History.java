package dev.understudy.store;

import dev.understudy.schemas.event.ChangeEvent;
import dev.understudy.schemas.model.EntityContent;
import dev.understudy.schemas.model.EntityKey;
import dev.understudy.schemas.model.EntityType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/**
 * The random life of a few entities that refer to each other in every way, as events that come
 * duplicated, out of order and in batches of any size. The same for the same seed.
 */
final class History {
    private static final int ENTITIES = 4;

    private final Random random;
    private final List<EntityId> accounts = new ArrayList<>();
    private final List<EntityId> contacts = new ArrayList<>();
    private final List<EntityId> tickets = new ArrayList<>();
    private final List<List<ChangeEvent>> batches = new ArrayList<>();

    History(long seed) {
        random = new Random(seed);
        for (int i = 0; i < ENTITIES; i++) {
            accounts.add(entity(Contoso.ACCOUNT));
            contacts.add(entity(Contoso.CONTACT));
            tickets.add(entity(Contoso.TICKET));
        }
        List<ChangeEvent> events = new ArrayList<>();
        for (EntityId id : entities()) {
            int versions = random.nextInt(5);
            for (int version = 1; version <= versions; version++) {
                ChangeEvent event = change(id, version);
                events.addAll(Collections.nCopies(1 + random.nextInt(2), event));
            }
        }
        Collections.shuffle(events, random);
        for (int from = 0; from < events.size(); ) {
            int to = Math.min(events.size(), from + 1 + random.nextInt(8));
            batches.add(List.copyOf(events.subList(from, to)));
            from = to;
        }
    }

    List<List<ChangeEvent>> batches() {
        return batches;
    }

    List<EntityId> entities() {
        List<EntityId> all = new ArrayList<>(accounts);
        all.addAll(contacts);
        all.addAll(tickets);
        return all;
    }

    private ChangeEvent change(EntityId id, long version) {
        if (random.nextInt(5) == 0) {
            return Contoso.deleted(id, version);
        }
        EntityContent content = content(id, id.type().name() + " at " + version);
        return Contoso.upserted(content, version);
    }

    private EntityContent content(EntityId id, String name) {
        if (id.type().equals(Contoso.TICKET)) {
            EntityContent ticket = Contoso.ticket(id, one(accounts));
            return random.nextBoolean()
                    ? ticket
                    : Contoso.with(ticket, "contactId", one(contacts).key().value());
        } else if (id.type().equals(Contoso.CONTACT)) {
            EntityContent contact = Contoso.contact(id, name);
            return random.nextBoolean() ? contact : Contoso.withAccount(contact, one(accounts));
        }
        EntityContent account = Contoso.account(id, name);
        if (random.nextBoolean()) {
            account = Contoso.withParent(account, one(accounts));
        }
        if (random.nextBoolean()) {
            account = Contoso.withPrimaryContact(account, one(contacts));
        }
        return random.nextInt(20) == 0
                ? account.with(Contoso.ACCOUNT.field("name").orElseThrow(), null)
                : account;
    }

    private EntityId one(List<EntityId> entities) {
        return entities.get(random.nextInt(entities.size()));
    }

    private EntityId entity(EntityType type) {
        UUID key = new UUID(random.nextLong(), random.nextLong());
        return new EntityId(type, new EntityKey.OfUuid(key));
    }
}
