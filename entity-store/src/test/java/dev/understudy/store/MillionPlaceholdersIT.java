package dev.understudy.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.store.ledger.Orphans;
import dev.understudy.store.ledger.PlacedEntity;
import dev.understudy.store.ledger.PlaceholderLedger;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** With a million placeholders the ledger reads indexes, and of the table only what it lists. */
@Timeout(300)
final class MillionPlaceholdersIT {
    private static final Logger LOG = LoggerFactory.getLogger(MillionPlaceholdersIT.class);
    private static final long PLACEHOLDERS = 1_000_000;

    /**
     * A thousand at one moment, so that pages also go on within one; beside them a table that is
     * large enough for an index to be worth its while.
     */
    private static final String FILL =
            """
            SET session_replication_role = replica;
            INSERT INTO contoso_crm.account (account_id, "_state", "_version", "_changed_at",
                "_placed_at")
            SELECT gen_random_uuid(), 'p', 0, now(), now() - i / 1000 * interval '1 minute'
            FROM generate_series(1, 1000000) AS i;
            INSERT INTO contoso_crm.account (account_id, account_number, name, credit_on_hold,
                created_on, "_state", "_version", "_changed_at", parent_account_id)
            SELECT gen_random_uuid(), 'A-' || i, repeat('x', 1200), false, now(), 'h', 1, now(),
                gen_random_uuid() FROM generate_series(1, 200000) AS i;
            RESET session_replication_role
            """;

    private static TestDatabase database;
    private static PlaceholderLedger ledger;
    private static Orphans orphans;

    @BeforeAll
    static void fill() {
        database = TestDatabase.withContoso();
        database.execute(FILL);
        database.execute("VACUUM ANALYZE contoso_crm.account");
        ledger = new PlaceholderLedger(database.dataSource(), Contoso.CATALOG);
        orphans = new Orphans(database.dataSource(), Contoso.CATALOG);
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @Test
    void nothingThatTheLedgerTellsScansTheTable() {
        long scansBefore = scans("seq_scan");
        long indexScansBefore = scans("idx_scan");
        assertThat(timed("counts", () -> ledger.counts(Contoso.ACCOUNT)).all())
                .isEqualTo(PLACEHOLDERS);
        List<PlacedEntity> first =
                timed("first page", () -> ledger.page(Contoso.ACCOUNT, Optional.empty(), 500));
        List<PlacedEntity> next =
                timed(
                        "next page",
                        () -> ledger.page(Contoso.ACCOUNT, Optional.of(first.getLast()), 1_000));
        assertThat(next).hasSize(1_000).doesNotContainAnyElementsOf(first);
        EntityId one = next.getFirst().id();
        timed("referrers of one", () -> ledger.referrers(one));
        timed(
                "mark orphans",
                () -> {
                    orphans.markUnknown(next.stream().map(PlacedEntity::id).toList());
                    return true;
                });
        assertThat(timed("orphans", () -> orphans.page(Contoso.ACCOUNT, Optional.empty(), 100)))
                .hasSize(100);
        assertThat(scans("idx_scan")).isGreaterThan(indexScansBefore + 4);
        assertThat(scans("seq_scan")).isEqualTo(scansBefore);
    }

    /** The index has some thousand blocks, the table two hundred thousand. */
    @Test
    void countsReadNothingOfTheTable() {
        long before = blocksOfTheTable();
        assertThat(ledger.counts(Contoso.ACCOUNT).all()).isEqualTo(PLACEHOLDERS);
        assertThat(blocksOfTheTable() - before).isLessThan(100);
    }

    private static <T> T timed(String what, Supplier<T> work) {
        long start = System.nanoTime();
        T result = work.get();
        LOG.info("{}: {} ms", what, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
        return result;
    }

    private static long scans(String kind) {
        return statistic(kind, "pg_stat_user_tables");
    }

    private static long blocksOfTheTable() {
        return statistic("heap_blks_read + heap_blks_hit", "pg_statio_user_tables");
    }

    /** A session tells its counts only from time to time, unless it is asked to. */
    private static long statistic(String kind, String view) {
        database.execute("SELECT pg_stat_force_next_flush()");
        return Long.parseLong(
                database.query("SELECT %s FROM %s WHERE relname = 'account'".formatted(kind, view))
                        .getFirst());
    }
}
