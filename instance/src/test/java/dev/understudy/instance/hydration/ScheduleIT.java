package dev.understudy.instance.hydration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.instance.Contoso;
import dev.understudy.sandbox.Database;
import dev.understudy.sandbox.PostgresServer;
import dev.understudy.store.EntityId;
import dev.understudy.store.install.StoreSchema;
import dev.understudy.store.ledger.PlaceholderLedger;
import dev.understudy.store.postgres.PostgresEntityStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.postgresql.ds.PGSimpleDataSource;

/** Which placeholders are asked for when, by the ledger of a real database. */
@Timeout(60)
final class ScheduleIT {
    private final Database database = PostgresServer.shared().freshDatabase();
    private final PGSimpleDataSource dataSource = new PGSimpleDataSource();
    private final PostgresEntityStore store;

    ScheduleIT() {
        dataSource.setUrl(database.jdbcUrl());
        dataSource.setUser(database.user());
        dataSource.setPassword(database.password());
        store = new PostgresEntityStore(dataSource, Contoso.CATALOG, "europe");
    }

    @BeforeEach
    void install() {
        StoreSchema.install(dataSource, Contoso.CATALOG);
    }

    @Test
    void allThatIsThereIsDueAtTheStartAndWhatIsNewIsDueOnce() {
        List<EntityId> early = place(1, 3);
        Schedule schedule = schedule();
        assertThat(schedule.due(100)).containsExactlyInAnyOrderElementsOf(early);
        assertThat(schedule.due(100)).isEmpty();

        List<EntityId> late = place(10, 12);
        assertThat(schedule.due(100)).containsExactlyInAnyOrderElementsOf(late);
        assertThat(schedule.due(100)).isEmpty();
    }

    @Test
    void noMoreAreDueThanAreAllowedAndNoneIsLeftOut() {
        Schedule schedule = schedule();
        assertThat(schedule.due(100)).isEmpty();
        List<EntityId> placed = place(1, 50);
        Set<EntityId> due = new HashSet<>();
        for (int look = 0; look < 5; look++) {
            Set<EntityId> some = schedule.due(12);
            assertThat(some).hasSizeLessThanOrEqualTo(12);
            due.addAll(some);
        }
        assertThat(due).containsExactlyInAnyOrderElementsOf(placed);
    }

    @Test
    void moreThanIsRememberedIsDueToTheLast() {
        Schedule schedule = schedule();
        assertThat(schedule.due(100)).isEmpty();
        List<EntityId> placed = place(1, 50_000);
        Set<EntityId> due = new HashSet<>();
        long deadlineNs = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (due.size() < placed.size() && System.nanoTime() < deadlineNs) {
            due.addAll(schedule.due(4_000));
        }
        assertThat(due).hasSameSizeAs(placed);
    }

    @Test
    void whatWasNotSentIsDueOnceMore() {
        List<EntityId> placed = place(1, 5);
        Schedule schedule = schedule();
        assertThat(schedule.due(100)).hasSize(5);
        schedule.failed(Duration.ZERO);
        assertThat(schedule.due(100)).containsExactlyInAnyOrderElementsOf(placed);
    }

    @Test
    void placeholderThatHasComeToAnAgeIsDueAgain() throws Exception {
        Schedule schedule = schedule();
        List<EntityId> placed = place(1, 2);
        assertThat(schedule.due(100)).hasSize(2);
        // As if it had been placed a little less than ten seconds ago.
        execute("UPDATE contoso_crm.account SET _placed_at = now() - interval '9.5 s'");
        Set<EntityId> due = new HashSet<>();
        long deadlineNs = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (due.size() < 2 && System.nanoTime() < deadlineNs) {
            due.addAll(schedule.due(100));
        }
        assertThat(due).containsExactlyInAnyOrderElementsOf(placed);
    }

    private Schedule schedule() {
        return new Schedule(
                new PlaceholderLedger(dataSource, Contoso.CATALOG),
                List.of(Contoso.ACCOUNT, Contoso.CONTACT),
                Duration.ZERO);
    }

    private List<EntityId> place(int first, int last) {
        List<EntityId> ids =
                new ArrayList<>(
                        IntStream.rangeClosed(first, last)
                                .mapToObj(number -> Contoso.id(Contoso.ACCOUNT, number))
                                .toList());
        store.write(transaction -> transaction.place(ids));
        return ids;
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
