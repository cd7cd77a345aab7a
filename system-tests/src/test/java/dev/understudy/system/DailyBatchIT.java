package dev.understudy.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.sandbox.Sandbox;
import dev.understudy.sandbox.SandboxOptions;
import dev.understudy.sandbox.SandboxPart;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The mission's daily batch: nothing is published when it is written, and placeholders carry the
 * day.
 */
@Timeout(120)
class DailyBatchIT {
    private static final int ENTITIES = 40;
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    @Test
    void placeholdersAreFilledAtOnceAndTheRestByTheBatch() throws Exception {
        SandboxOptions options =
                SandboxOptions.defaults()
                        .withSetting(
                                SandboxPart.US,
                                "UNDERSTUDY_PUBLISHING_SCHEDULES",
                                "contoso.crm.Account=0 3 1 1 *");
        try (Sandbox sandbox = Sandbox.open(options)) {
            PlainClient us = new PlainClient(sandbox.us().baseUrl());
            PlainClient europe = new PlainClient(sandbox.europe().baseUrl());
            List<UUID> accounts = new ArrayList<>();
            for (int i = 0; i < ENTITIES; i++) {
                accounts.add(account(us, i));
            }
            List<UUID> wanted = accounts.subList(0, ENTITIES / 2);
            for (UUID account : wanted) {
                ticket(europe, account);
            }
            Eventually.holds(
                    "what tickets refer to is there",
                    PATIENCE,
                    () -> hydrated(sandbox) == wanted.size());
            assertThat(waiting(sandbox)).isEqualTo(ENTITIES - wanted.size());

            sandbox.us().kill();
            Rows.execute(
                    sandbox.usDatabase(),
                    "UPDATE understudy.batch SET last_at = now() - interval '2 years'");
            sandbox.us().start();
            Eventually.holds(
                    "the batch that was due meanwhile is there",
                    PATIENCE,
                    () -> hydrated(sandbox) == ENTITIES);
            assertThat(waiting(sandbox)).isZero();
            assertThat(Rows.compare(sandbox))
                    .allMatch(table -> table.differing() == 0 && table.orphans() == 0);
        }
    }

    private static long hydrated(Sandbox sandbox) throws Exception {
        return Rows.count(
                sandbox.europeDatabase(),
                "SELECT count(*) FROM contoso_crm.account WHERE _state = 'h'");
    }

    private static long waiting(Sandbox sandbox) throws Exception {
        return Rows.count(sandbox.usDatabase(), "SELECT count(*) FROM understudy.unpublished");
    }

    private static UUID account(PlainClient us, int number) throws Exception {
        UUID key = UUID.randomUUID();
        us.upsert(
                "accounts(" + key + ")",
                """
                {"accountNumber": "B-%d", "name": "Account", "creditOnHold": false,
                 "createdOn": "2026-11-21T08:00:00Z"}\
                """
                        .formatted(number));
        return key;
    }

    private static void ticket(PlainClient europe, UUID account) throws Exception {
        europe.upsert(
                "tickets(" + UUID.randomUUID() + ")",
                """
                {"ticketNumber": "T-%1$s", "title": "Printer", "priority": "LOW", "status": "OPEN",
                 "account@odata.bind": "/accounts(%1$s)", "openedOn": "2026-11-21T08:00:00Z"}\
                """
                        .formatted(account));
    }
}
