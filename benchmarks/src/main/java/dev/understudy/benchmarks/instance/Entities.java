package dev.understudy.benchmarks.instance;

import dev.understudy.benchmarks.store.Accounts;
import dev.understudy.benchmarks.store.Published;
import dev.understudy.schemas.event.ChangeEvent;
import dev.understudy.schemas.model.EntityContent;
import dev.understudy.schemas.model.EntityKey;
import dev.understudy.schemas.model.EntityType;
import java.util.Map;
import java.util.UUID;

/** Contoso's entities, by number: the same in every run. */
final class Entities {
    static final EntityType TICKET = Accounts.CATALOG.entry("contoso.crm.Ticket").type();

    private static final EntityType CONTACT = Accounts.CATALOG.entry("contoso.crm.Contact").type();

    /** Each account from this number on has one of these for its parent. */
    private static final Accounts ACCOUNTS = new Accounts(1000);

    private Entities() {}

    static EntityContent account(int number) {
        return account(number, 1).content();
    }

    /** What the owner publishes of an account. */
    static ChangeEvent account(int number, long version) {
        return ACCOUNTS.event(number, version);
    }

    /** What the owner publishes of a contact. */
    static ChangeEvent contact(int number, long version) {
        EntityContent content =
                with(
                        EntityContent.ofKey(CONTACT, key("contact", number)),
                        Map.of(
                                "firstName",
                                "Ada",
                                "lastName",
                                "Contact " + number,
                                "jobTitle",
                                "Version " + version,
                                "createdOn",
                                Published.TIME));
        return Published.event(content, number, version);
    }

    /** A ticket of the account and of the contact of a number. */
    static EntityContent ticket(String name, int number, int customer) {
        return with(
                EntityContent.ofKey(TICKET, key("ticket " + name, number)),
                Map.of(
                        "ticketNumber",
                        "T-" + name + "-" + number,
                        "title",
                        "Ticket " + number + " of customer " + customer,
                        "priority",
                        "NORMAL",
                        "status",
                        "OPEN",
                        "accountId",
                        Accounts.key(customer),
                        "contactId",
                        key("contact", customer).value(),
                        "openedOn",
                        Published.TIME));
    }

    private static EntityKey key(String kind, int number) {
        // Not SecureRandom, and not in the order of numbers.
        long high = mixed(kind.hashCode() * 4_294_967_311L + number);
        long low = mixed(high + number);
        return new EntityKey.OfUuid(
                new UUID((high & ~0xF000L) | 0x4000L, (low >>> 2) | (1L << 63)));
    }

    /** The finaliser of MurmurHash3, by Appleby. */
    private static long mixed(long number) {
        long z = (number ^ (number >>> 33)) * 0xFF51AFD7ED558CCDL;
        z = (z ^ (z >>> 33)) * 0xC4CEB9FE1A85EC53L;
        return z ^ (z >>> 33);
    }

    private static EntityContent with(EntityContent content, Map<String, Object> values) {
        EntityContent changed = content;
        for (Map.Entry<String, Object> value : values.entrySet()) {
            changed =
                    changed.with(
                            content.type().field(value.getKey()).orElseThrow(), value.getValue());
        }
        return changed;
    }
}
