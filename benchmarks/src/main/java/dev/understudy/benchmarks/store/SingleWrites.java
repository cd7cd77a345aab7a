package dev.understudy.benchmarks.store;

import dev.understudy.schemas.event.Version;
import dev.understudy.schemas.model.EntityContent;
import dev.understudy.schemas.model.EntityField;
import dev.understudy.schemas.model.EntityKey;
import dev.understudy.schemas.model.EntityType;
import dev.understudy.store.EntityId;
import dev.understudy.store.EntityRow;
import dev.understudy.store.EntityStore;
import dev.understudy.store.RecordState;
import dev.understudy.store.postgres.PostgresEntityStore;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.random.RandomGenerator;
import javax.sql.DataSource;

/** Tickets written one by one as the write path does, with their two references or without. */
final class SingleWrites {
    private static final EntityType TICKET = Accounts.CATALOG.entry("contoso.crm.Ticket").type();
    private static final Instant TIME = Instant.parse("2026-11-21T09:30:00Z");
    private static final byte[] MESSAGE = new byte[500];

    private final Server server;
    private final int writes;
    private final EntityStore store;
    private final RandomGenerator random = RandomGenerator.of("L64X128MixRandom");

    SingleWrites(Server server, int writes) {
        this.server = server;
        this.writes = writes;
        DataSource pool = server.pool();
        this.store = new PostgresEntityStore(pool, Accounts.CATALOG, "europe");
    }

    /**
     * What some writes cost.
     *
     * @param micros of all of the server's processes, on CPUs, for each
     */
    record Cost(double micros, double roundTrips, double perSecond) {}

    /** One round: with both references there, and with both missing. */
    record Round(Cost present, Cost missing) {
        double serverCpu() {
            return missing.micros() / present.micros();
        }
    }

    List<Round> run(int rounds) throws SQLException {
        server.empty();
        List<EntityContent> present = new ArrayList<>();
        for (int i = 0; i < writes; i++) {
            present.add(ticket(random));
        }
        // Placed by these writes, and there for the measured ones.
        cost(present);
        List<Round> measured = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            List<EntityContent> again = present.stream().map(this::underNewKey).toList();
            List<EntityContent> missing = new ArrayList<>();
            for (int i = 0; i < writes; i++) {
                missing.add(ticket(random));
            }
            measured.add(new Round(cost(again), cost(missing)));
        }
        return measured;
    }

    private Cost cost(List<EntityContent> tickets) {
        long trips = CountingSockets.roundTrips();
        double cpu = server.cpuSeconds();
        long start = System.nanoTime();
        tickets.forEach(this::write);
        double seconds = (System.nanoTime() - start) / 1e9;
        return new Cost(
                (server.cpuSeconds() - cpu) * 1_000_000 / writes,
                (double) (CountingSockets.roundTrips() - trips) / writes,
                writes / seconds);
    }

    private void write(EntityContent ticket) {
        EntityId id = new EntityId(TICKET, ticket.key());
        TreeSet<EntityId> references = new TreeSet<>();
        for (EntityField field : TICKET.references()) {
            EntityKey key = ticket.reference(field);
            if (key != null) {
                references.add(new EntityId(Accounts.CATALOG.target(field), key));
            }
        }
        store.write(transaction -> {
            Version before =
                    transaction
                            .lock(id)
                            .map(EntityRow::version)
                            .orElseGet(() -> transaction.floor(TICKET));
            transaction.place(references, SingleWrites::requireNoneDeleted);
            transaction.save(new EntityRow(ticket, RecordState.HYDRATED, before.next(), TIME));
            transaction.emit("benchmark", MESSAGE);
            return true;
        });
    }

    private static void requireNoneDeleted(Map<EntityId, RecordState> states) {
        if (states.containsValue(RecordState.DELETED)) {
            throw new IllegalStateException("nobody deletes anything here: " + states);
        }
    }

    private EntityContent underNewKey(EntityContent ticket) {
        return with(ticket, Map.of("ticketId", uuid(), "ticketNumber", "T-" + uuid()));
    }

    private EntityContent ticket(RandomGenerator numbers) {
        return with(
                EntityContent.ofKey(TICKET, new EntityKey.OfUuid(uuid())),
                Map.of(
                        "ticketNumber",
                        "T-" + numbers.nextLong(),
                        "title",
                        "The benchmark's " + numbers.nextInt(),
                        "priority",
                        "NORMAL",
                        "status",
                        "OPEN",
                        "accountId",
                        uuid(),
                        "contactId",
                        uuid(),
                        "openedOn",
                        TIME));
    }

    private static EntityContent with(EntityContent content, Map<String, Object> values) {
        EntityContent changed = content;
        for (Map.Entry<String, Object> value : values.entrySet()) {
            changed = changed.with(TICKET.field(value.getKey()).orElseThrow(), value.getValue());
        }
        return changed;
    }

    private UUID uuid() {
        long high = (random.nextLong() & ~0xF000L) | 0x4000L;
        return new UUID(high, (random.nextLong() >>> 2) | (1L << 63));
    }
}
