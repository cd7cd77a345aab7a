package dev.understudy.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.sandbox.Sandbox;
import dev.understudy.sandbox.SandboxOptions;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Placeholders of entities that no event brings any more: the rows were taken away at the target
 * after their events had been applied.
 */
@Timeout(180)
class HydrationIT {
    private static final int MEASURED = 300;
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final String PERCENTILES =
            """
            SELECT string_agg(round(p::numeric * 1000) || ' ms', ', ')
            FROM unnest((SELECT percentile_cont(ARRAY[0.5, 0.99, 1.0]) WITHIN GROUP (
                ORDER BY extract(epoch FROM _hydrated_at - _placed_at)::float8)
                FROM contoso_crm.account WHERE _placed_at IS NOT NULL AND _state = 'h'
                    AND account_id = ANY ('{%s}'::uuid[]))) AS p\
            """;

    private static Sandbox sandbox;
    private static PlainClient us;
    private static PlainClient europe;

    @BeforeAll
    static void open() throws Exception {
        sandbox = Sandbox.open(SandboxOptions.defaults());
        us = new PlainClient(sandbox.us().baseUrl());
        europe = new PlainClient(sandbox.europe().baseUrl());
    }

    @AfterAll
    static void close() {
        sandbox.close();
    }

    @Test
    void placeholderIsFilledByItsOwnerWithinAMoment() throws Exception {
        List<UUID> accounts = lostAccounts(MEASURED);
        for (UUID account : accounts) {
            ticket(account);
        }
        awaitHydrated(accounts);
        String percentiles =
                Rows.text(sandbox.europeDatabase(), PERCENTILES.formatted(keys(accounts)));
        System.out.printf(
                "%d placeholders were hydrated on demand: p50, p99, longest: %s%n",
                MEASURED, percentiles);
    }

    @Test
    void whatTheOwnerDoesNotKnowIsAnOrphanUntilItComes() throws Exception {
        UUID unknown = UUID.randomUUID();
        UUID ticket = ticket(unknown);
        String orphans = "/admin/orphans/contoso.crm.Account";
        Eventually.holds(
                "it is listed", PATIENCE, () -> europe.get(orphans).contains(unknown.toString()));
        assertThat(europe.get(orphans))
                .contains(
                        "\"ageSeconds\":",
                        "\"type\":\"contoso.crm.Ticket\",\"field\":\"accountId\",\"rows\":1",
                        ticket.toString());
        assertThat(europe.get("/admin/orphans")).contains("\"orphans\":1");

        account(unknown);
        awaitHydrated(List.of(unknown));
        assertThat(europe.get(orphans)).doesNotContain(unknown.toString());
    }

    @Test
    void placeholderOfAnAlternateKeyIsFilledUnderTheEntitysOwnKey() throws Exception {
        UUID lost = lostAccounts(1).getFirst();
        europe.upsert(
                "tickets(" + UUID.randomUUID() + ")",
                """
                {"ticketNumber": "T-%1$s", "title": "Printer", "priority": "LOW", "status": "OPEN",
                 "account@odata.bind": "/accounts(accountNumber='H-%1$s')",
                 "openedOn": "2026-11-21T08:00:00Z"}\
                """
                        .formatted(lost));
        awaitHydrated(List.of(lost));
    }

    @Test
    void askingOutlivesTheProcessAndItsOwnersAbsence() throws Exception {
        List<UUID> accounts = lostAccounts(20);
        sandbox.us().stop();
        for (UUID account : accounts) {
            ticket(account);
        }
        sandbox.europe().kill();
        assertThat(hydrated(accounts)).isZero();
        sandbox.us().start();
        sandbox.europe().start();
        awaitHydrated(accounts);
        assertThat(Rows.assertReferencesHold(sandbox.europeDatabase())).isEqualTo(5);
    }

    /** Accounts that the owner has published, and the target has lost. */
    private static List<UUID> lostAccounts(int count) throws Exception {
        List<UUID> accounts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            UUID account = UUID.randomUUID();
            account(account);
            accounts.add(account);
        }
        awaitHydrated(accounts);
        try (Connection connection = sandbox.europeDatabase().connect();
                Statement statement = connection.createStatement()) {
            int gone =
                    statement.executeUpdate(
                            "DELETE FROM contoso_crm.account WHERE account_id = ANY ('{%s}'::uuid[])"
                                    .formatted(keys(accounts)));
            assertThat(gone).isEqualTo(count);
        }
        return accounts;
    }

    private static void awaitHydrated(List<UUID> accounts) throws Exception {
        Eventually.holds("all are hydrated", PATIENCE, () -> hydrated(accounts) == accounts.size());
    }

    private static long hydrated(List<UUID> accounts) throws Exception {
        return Rows.count(
                sandbox.europeDatabase(),
                "SELECT count(*) FROM contoso_crm.account WHERE _state = 'h' AND account_id = ANY ('{%s}'::uuid[])"
                        .formatted(keys(accounts)));
    }

    private static String keys(List<UUID> accounts) {
        return String.join(",", accounts.stream().map(UUID::toString).toList());
    }

    private static void account(UUID key) throws Exception {
        us.upsert(
                "accounts(" + key + ")",
                """
                {"accountNumber": "H-%s", "name": "Account", "creditOnHold": false,
                 "createdOn": "2026-11-21T08:00:00Z"}\
                """
                        .formatted(key));
    }

    private static UUID ticket(UUID account) throws Exception {
        UUID key = UUID.randomUUID();
        europe.upsert(
                "tickets(" + key + ")",
                """
                {"ticketNumber": "T-%s", "title": "Printer", "priority": "LOW", "status": "OPEN",
                 "account@odata.bind": "/accounts(%s)", "openedOn": "2026-11-21T08:00:00Z"}\
                """
                        .formatted(key, account));
        return key;
    }
}
