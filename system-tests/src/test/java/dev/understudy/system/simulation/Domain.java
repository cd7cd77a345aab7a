package dev.understudy.system.simulation;

import dev.understudy.instance.write.GivenField;
import dev.understudy.instance.write.Precondition;
import dev.understudy.instance.write.WriteRequest;
import dev.understudy.schemas.model.Catalog;
import dev.understudy.schemas.model.EntityType;
import dev.understudy.schemas.model.SchemaFiles;
import dev.understudy.store.AlternateId;
import dev.understudy.store.EntityId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Writes of the shipped domain: so few entities and values that they keep meeting. */
final class Domain {
    static final String OWNER = "us";
    static final String TARGET = "europe";
    static final Catalog CATALOG =
            Catalog.of(
                    List.of(
                            "us.contoso.crm.Account",
                            "us.contoso.crm.Contact",
                            "europe.contoso.crm.Ticket"),
                    new SchemaFiles(List.of("classpath:contoso")));

    private static final EntityType ACCOUNT = CATALOG.entry("contoso.crm.Account").type();
    private static final EntityType CONTACT = CATALOG.entry("contoso.crm.Contact").type();
    private static final EntityType TICKET = CATALOG.entry("contoso.crm.Ticket").type();
    private static final Instant TIME = Instant.parse("2026-01-01T00:00:00Z");
    private static final int ACCOUNTS = 3;
    private static final int CONTACTS = 2;
    private static final int TICKETS = 3;
    private static final int NUMBERS = 4;

    private final World world;
    private int writes;

    Domain(World world) {
        this.world = world;
    }

    static List<String> topics() {
        return CATALOG.ownedBy(OWNER).stream().map(entry -> entry.topic()).toList();
    }

    /** Whether it is the owner's, and a replica at the target. */
    static boolean isOwned(EntityId id) {
        return !id.type().equals(TICKET);
    }

    WriteRequest ownersWrite() {
        EntityId id = someOwned();
        if (world.oneIn(4)) {
            return new WriteRequest.Delete(id, new Precondition.None(), Optional.empty());
        }
        return upsert(id, id.type().equals(ACCOUNT) ? account() : contact());
    }

    WriteRequest targetsWrite() {
        List<GivenField> given = new ArrayList<>();
        give(given, TICKET, "ticketNumber", "T-" + writes++);
        give(given, TICKET, "title", "It does not start");
        give(given, TICKET, "priority", "HIGH");
        give(given, TICKET, "status", "OPEN");
        give(given, TICKET, "openedOn", TIME);
        give(given, TICKET, "accountId", someAccount());
        give(
                given,
                TICKET,
                "contactId",
                world.oneIn(2) ? null : some(CONTACT, CONTACTS).key().value());
        return upsert(some(TICKET, TICKETS), given);
    }

    EntityId someOwned() {
        return world.oneIn(3) ? some(CONTACT, CONTACTS) : some(ACCOUNT, ACCOUNTS);
    }

    private List<GivenField> account() {
        List<GivenField> given = new ArrayList<>();
        give(given, ACCOUNT, "accountNumber", "A-" + world.below(NUMBERS));
        give(given, ACCOUNT, "name", "Name " + writes++);
        give(given, ACCOUNT, "createdOn", TIME);
        give(
                given,
                ACCOUNT,
                "parentAccountId",
                world.oneIn(2) ? null : some(ACCOUNT, ACCOUNTS).key().value());
        give(
                given,
                ACCOUNT,
                "primaryContactId",
                world.oneIn(2) ? null : some(CONTACT, CONTACTS).key().value());
        return given;
    }

    private List<GivenField> contact() {
        List<GivenField> given = new ArrayList<>();
        give(given, CONTACT, "firstName", "Ada");
        give(given, CONTACT, "lastName", "Name " + writes++);
        give(given, CONTACT, "createdOn", TIME);
        give(
                given,
                CONTACT,
                "accountId",
                world.oneIn(2) ? null : some(ACCOUNT, ACCOUNTS).key().value());
        return given;
    }

    private Object someAccount() {
        if (world.oneIn(2)) {
            world.note(Happening.PLACED_BY_ALTERNATE_KEY);
            return new AlternateId(
                    ACCOUNT,
                    ACCOUNT.alternateKeys().getFirst(),
                    List.of("A-" + world.below(NUMBERS)));
        }
        return some(ACCOUNT, ACCOUNTS).key().value();
    }

    private EntityId some(EntityType type, int of) {
        return new EntityId(type, type.keyType().of(new UUID(0, 1 + world.below(of))));
    }

    private static void give(
            List<GivenField> given, EntityType type, String field, @Nullable Object value) {
        given.add(new GivenField(type.field(field).orElseThrow(), value));
    }

    private static WriteRequest upsert(EntityId id, List<GivenField> given) {
        return new WriteRequest.Upsert(id, given, new Precondition.None(), Optional.empty());
    }
}
