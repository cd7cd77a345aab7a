package dev.understudy.instance.web;

import static dev.understudy.instance.web.Answers.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.understudy.instance.Contoso;
import dev.understudy.sandbox.PostgresServer;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many callers at once lose nothing. */
@Timeout(300)
final class ConcurrencyIT {
    private static InstanceServer us;
    private static InstanceServer europe;

    @BeforeAll
    static void start() {
        PostgresServer postgres = PostgresServer.shared();
        String catalog = String.join(",", Contoso.ENTRIES);
        // All that is sent at once waits for its turn, however slow the machine.
        String patience = "understudy.database.connection-timeout-ms=60000";
        us = InstanceServer.start(postgres.freshDatabase(), "us", catalog, patience);
        europe = InstanceServer.start(postgres.freshDatabase(), "europe", catalog, patience);
    }

    @AfterAll
    static void stop() {
        europe.close();
        us.close();
    }

    @Test
    void aHundredWritesOfOneEntityAreVersionsOneToAHundred() throws Exception {
        UUID id = UUID.randomUUID();
        String path = "accounts(" + id + ")";

        List<Integer> statuses = atOnce(100, i -> us.send("PATCH", path, account(i)).statusCode());

        assertThat(statuses).containsOnly(204);
        assertThat(json(us.get(path)).get("@odata.etag").textValue()).isEqualTo("W/\"100\"");
        assertThat(us.published())
                .filteredOn(one -> one.row().id().key().text().equals(id.toString()))
                .extracting(one -> one.row().version().number())
                .containsAll(LongStream.rangeClosed(1, 100).boxed().toList());
    }

    @Test
    void ticketsOfOneMissingAccountShareOnePlaceholder() throws Exception {
        UUID account = UUID.randomUUID();

        List<Integer> statuses =
                atOnce(
                        50,
                        _ -> {
                            String body = TargetApiIT.ticket(UUID.randomUUID(), account);
                            return europe.send("POST", "tickets", body).statusCode();
                        });

        assertThat(statuses).containsOnly(204);
        List<String> accounts = new ArrayList<>();
        json(europe.get("accounts"))
                .get("value")
                .forEach(one -> accounts.add(one.get("accountId").textValue()));
        assertThat(accounts).containsExactly(account.toString());
        assertThat(json(europe.get("tickets")).get("value")).hasSize(50);
    }

    @Test
    void entitiesThatReferToEachOtherAreCreatedAtOnce() throws Exception {
        List<UUID> ids = LongStream.range(0, 20).mapToObj(_ -> UUID.randomUUID()).toList();

        List<Integer> statuses =
                atOnce(
                        100,
                        i -> {
                            String body =
                                    account(i)
                                            .replace(
                                                    "{",
                                                    "{\"parentAccountId\": \"%s\", "
                                                            .formatted(ids.get((i * 7 + 1) % 20)));
                            return us.send("PATCH", "accounts(" + ids.get(i % 20) + ")", body)
                                    .statusCode();
                        });

        assertThat(statuses).containsOnly(204);
        assertThat(ids)
                .allSatisfy(id ->
                        assertThat(json(us.get("accounts(" + id + ")")).get("@odata.etag"))
                                .hasToString("\"W/\\\"5\\\"\""));
    }

    @Test
    void countingWithEntityTagsLosesNothing() throws Exception {
        String path = "accounts(" + UUID.randomUUID() + ")";
        us.send("PATCH", path, account(0));

        List<Integer> conflicts = atOnce(20, _ -> countUp(path));

        assertThat(json(us.get(path)).get("employees").intValue()).isEqualTo(20);
        assertThat(conflicts.stream().mapToInt(Integer::intValue).sum()).isPositive();
    }

    /** Adds one, as often as it takes; says how often it came too late. */
    private static int countUp(String path) {
        for (int conflicts = 0; conflicts < 1000; conflicts++) {
            JsonNode read = json(us.get(path));
            String body = "{\"employees\": %d}".formatted(read.get("employees").intValue() + 1);
            String etag = read.get("@odata.etag").textValue();
            HttpResponse<String> answer = us.send("PATCH", path, body, "If-Match", etag);
            if (answer.statusCode() == 204) {
                return conflicts;
            }
            assertThat(answer.statusCode()).isEqualTo(412);
        }
        throw new AssertionError("never in time");
    }

    private static String account(int employees) {
        return """
        {"accountNumber": "A-%s", "name": "Contoso", "employees": %d,
         "createdOn": "2026-11-21T08:00:00Z"}
        """
                .formatted(UUID.randomUUID(), employees);
    }

    private static <T> List<T> atOnce(int count, IntFunction<T> action)
            throws InterruptedException, ExecutionException {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<T>> futures = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                int number = i;
                futures.add(threads.submit(() -> action.apply(number)));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) {
                results.add(future.get());
            }
            return results;
        }
    }
}
