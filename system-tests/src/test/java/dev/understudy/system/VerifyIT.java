package dev.understudy.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.chaos.load.SourceLoad;
import dev.understudy.cli.Understudy;
import dev.understudy.sandbox.Sandbox;
import dev.understudy.sandbox.SandboxOptions;
import dev.understudy.sandbox.SandboxPart;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
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

/** {@code understudy verify}, against rows that were changed behind everybody's back. */
@Timeout(180)
class VerifyIT {
    private static final int ACCOUNTS = 12;

    private static Sandbox sandbox;
    private static PlainClient us;
    private static PlainClient europe;

    private String printed = "";

    @BeforeAll
    static void open() throws Exception {
        // Else a placeholder would be filled before it is looked at.
        sandbox =
                Sandbox.open(
                        SandboxOptions.defaults()
                                .withSetting(
                                        SandboxPart.EUROPE,
                                        "UNDERSTUDY_HYDRATION_ENABLED",
                                        "false"));
        us = new PlainClient(sandbox.us().baseUrl());
        europe = new PlainClient(sandbox.europe().baseUrl());
    }

    @AfterAll
    static void close() {
        sandbox.close();
    }

    @Test
    void itTellsWhatIsUnderWayFromWhatDivergedAndRepairsThat() throws Exception {
        List<UUID> accounts = accounts(0);
        try (SourceLoad load = SourceLoad.start(sandbox.us().baseUrl(), 3)) {
            awaitAccepted(load, 300);
            assertThat(verify()).as(printed).isZero();

            corrupt("SET name = 'by hand' WHERE account_id = '%s'", accounts.get(0));
            corrupt("SET _version = _version + 7 WHERE account_id = '%s'", accounts.get(1));
            String extra = extra(accounts.get(2));
            corrupt(
                    "SET _state = 'p', _version = 0, name = NULL, account_number = NULL,"
                            + " credit_on_hold = NULL, created_on = NULL, _placed_at = now()"
                            + " WHERE account_id = '%s'",
                    accounts.get(3));
            execute(
                    "DELETE FROM contoso_crm.account WHERE account_id = '%s'"
                            .formatted(accounts.get(4)));

            assertThat(verify()).as(printed).isOne();
            assertThat(diverged())
                    .containsExactlyInAnyOrder(
                            accounts.get(0) + ": other content at version 1",
                            accounts.get(1) + ": version 1 at the owner, 8 at the replica",
                            extra + ": unknown to the owner (hydrated, version 3 at the replica)",
                            accounts.get(3) + ": still a placeholder (version 1 at the owner)",
                            accounts.get(4) + ": missing at the replica (hydrated, version 1)");
            assertThat(verify("--repair")).as(printed).isZero();
            assertThat(printed).contains("5 rows are published anew.");
            load.stop();
            assertThat(load.lost()).isEmpty();
        }
        Rows.awaitEqual(sandbox, Duration.ofSeconds(30));
        assertThat(version(accounts.get(1))).isEqualTo(9);
    }

    @Test
    void whatWaitsForTheReplicatorIsInFlightAndWhatNobodyHasIsAnOrphan() throws Exception {
        assertThat(verify()).as(printed).isZero();
        int orphans = counts("contoso.crm.Account").get(3);
        sandbox.replicator().stop();
        List<UUID> accounts = accounts(100);
        ticket(accounts.getFirst());
        UUID unknown = UUID.randomUUID();
        ticket(unknown);

        assertThat(verify("--wait=1", "--type=contoso.crm.Account")).as(printed).isEqualTo(3);
        assertThat(counts("contoso.crm.Account").subList(1, 6))
                .containsExactly(ACCOUNTS - 1, 1, orphans + 1, 0, 0);

        sandbox.replicator().start();
        assertThat(verify()).as(printed).isZero();
        assertThat(counts("contoso.crm.Account").subList(1, 6))
                .containsExactly(0, 0, orphans + 1, 0, 0);

        account(unknown, 200);
        Eventually.holds(
                "the orphan is hydrated",
                Duration.ofSeconds(30),
                () -> verify() == 0 && counts("contoso.crm.Account").get(3) == orphans);
    }

    @Test
    void whatCannotBeToldHasAnExitCodeOfItsOwn() {
        assertThat(verifyOf(URI.create("http://127.0.0.1:1"))).isEqualTo(3);
        assertThat(verify("--type=contoso.crm.Nothing")).isEqualTo(3);
        assertThat(verify("--type=contoso.crm.Account", "--what")).isEqualTo(2);
    }

    private int verify(String... more) {
        return verifyOf(sandbox.us().baseUrl(), more);
    }

    private int verifyOf(URI owner, String... more) {
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "verify",
                                "--owner=" + owner,
                                "--replica=" + sandbox.europe().baseUrl(),
                                "--replicator=" + sandbox.replicator().baseUrl()));
        arguments.addAll(List.of(more));
        StringWriter text = new StringWriter();
        PrintWriter out = new PrintWriter(text);
        int code =
                Understudy.commandLine()
                        .setOut(out)
                        .setErr(out)
                        .execute(arguments.toArray(String[]::new));
        printed = text.toString();
        System.out.println(printed);
        return code;
    }

    /** What is named, without the type. */
    private List<String> diverged() {
        return printed.lines()
                .filter(line -> line.matches("contoso\\.crm\\.\\w+ [-0-9a-f]{36}: .*"))
                .map(line -> line.substring(line.indexOf(' ') + 1))
                .toList();
    }

    /** A type's numbers, in the order of the columns. */
    private List<Integer> counts(String type) {
        String line =
                printed.lines().filter(one -> one.startsWith(type + " ")).findFirst().orElseThrow();
        return List.of(line.split("\\s+")).subList(1, 7).stream()
                .map(number -> Integer.valueOf(number.replace(",", "")))
                .toList();
    }

    private static List<UUID> accounts(int first) throws Exception {
        List<UUID> keys = new ArrayList<>();
        for (int i = first; i < first + ACCOUNTS; i++) {
            UUID key = UUID.randomUUID();
            account(key, i);
            keys.add(key);
        }
        return keys;
    }

    private static void account(UUID key, int number) throws Exception {
        us.upsert(
                "accounts(" + key + ")",
                """
                {"accountNumber": "V-%d", "name": "Account", "creditOnHold": false,
                 "createdOn": "2026-11-21T08:00:00Z"}\
                """
                        .formatted(number));
    }

    private static void ticket(UUID account) throws Exception {
        europe.upsert(
                "tickets(" + UUID.randomUUID() + ")",
                """
                {"ticketNumber": "T-%1$s", "title": "Printer", "priority": "LOW", "status": "OPEN",
                 "account@odata.bind": "/accounts(%1$s)", "openedOn": "2026-11-21T08:00:00Z"}\
                """
                        .formatted(account));
    }

    /** A copy of an account, under a key that the owner never saw. */
    private static String extra(UUID like) throws Exception {
        UUID key = UUID.randomUUID();
        execute(
                """
                INSERT INTO contoso_crm.account (account_id, account_number, name, credit_on_hold,
                    created_on, _state, _version, _changed_at)
                SELECT '%s', 'V-extra', name, credit_on_hold, created_on, 'h', 3, _changed_at
                FROM contoso_crm.account WHERE account_id = '%s'
                """
                        .formatted(key, like));
        return key.toString();
    }

    private static void corrupt(String change, UUID key) throws Exception {
        execute("UPDATE contoso_crm.account " + change.formatted(key));
    }

    private static void execute(String sql) throws Exception {
        try (Connection connection = sandbox.europeDatabase().connect();
                Statement statement = connection.createStatement()) {
            assertThat(statement.executeUpdate(sql)).isEqualTo(1);
        }
    }

    private static long version(UUID key) throws Exception {
        return Rows.count(
                sandbox.usDatabase(),
                "SELECT _version FROM contoso_crm.account WHERE account_id = '%s'".formatted(key));
    }

    private static void awaitAccepted(SourceLoad load, int writes) throws Exception {
        Eventually.holds(
                "writes are accepted",
                Duration.ofSeconds(30),
                () -> load.writes().accepted() >= writes);
    }
}
