package dev.understudy.instance.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.instance.Contoso;
import dev.understudy.instance.write.Operation;
import dev.understudy.instance.write.WriteStep;
import dev.understudy.sandbox.Database;
import dev.understudy.sandbox.KafkaServer;
import dev.understudy.sandbox.PostgresServer;
import dev.understudy.store.EntityRow;
import dev.understudy.store.StoreTransaction;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is done once a ticket and all that it refers to are hydrated. */
@Timeout(180)
final class ReadyIT {
    private static final String TOPIC = "europe.contoso.crm.Ticket.ready";
    private static KafkaServer kafka;
    private static Database database;

    private InstanceServer europe = start();

    @BeforeAll
    static void open() {
        kafka = KafkaServer.open();
        database = PostgresServer.shared().freshDatabase();
    }

    @AfterAll
    static void close() {
        kafka.close();
    }

    @BeforeEach
    void warn() {
        Escalation.RUNS.clear();
        Escalation.FAILURES.clear();
    }

    @AfterEach
    void stop() {
        europe.close();
    }

    private static InstanceServer start() {
        return start(kafka.bootstrapServers());
    }

    private static InstanceServer start(String bootstrapServers) {
        return InstanceServer.start(
                database,
                "europe",
                String.join(",", Contoso.ENTRIES),
                "understudy.ready.types=contoso.crm.Ticket",
                "understudy.kafka.bootstrap-servers=" + bootstrapServers,
                "understudy.publishing.partitions=1",
                "test.escalation=true");
    }

    @Test
    void itIsToldWhenTheLastReferenceIsHydratedAlsoAfterARestart() {
        UUID known = UUID.randomUUID();
        UUID missing = UUID.randomUUID();
        europe.replicate(Replicated.account(known, 1));
        UUID waiting = submit(missing, "LOW");
        UUID complete = submit(known, "LOW");
        awaitReady(complete);
        assertThat(ready()).noneMatch(event -> event.contains(waiting.toString()));
        InstanceServer.await(
                "one is counted", () -> europe.gauge("understudy.awaiting", "purpose") == 1);
        InstanceServer.await(
                "so is the one that is told",
                () -> europe.count("understudy.awaiting.done", "purpose") == 1);

        europe.close();
        europe = start();
        europe.replicate(Replicated.account(missing, 1));

        awaitReady(waiting);
        assertThat(ready().stream().filter(event -> event.contains(waiting.toString())))
                .containsExactly(
                        "{\"type\":\"contoso.crm.Ticket\",\"key\":\"%s\",\"version\":1}"
                                .formatted(waiting));
        awaitNothingAwaited();
    }

    @Test
    void whatRefersToOthersNowIsToldAgainAndWhatIsDeletedIsNot() {
        UUID first = UUID.randomUUID();
        UUID second = UUID.randomUUID();
        europe.replicate(Replicated.account(first, 1));
        UUID ticket = submit(first, "LOW");
        awaitReady(ticket);
        patch(ticket, "{\"title\": \"same account\"}");
        patch(ticket, "{\"accountId\": \"%s\"}".formatted(second));
        UUID deleted = submit(second, "LOW");
        assertThat(europe.send("DELETE", "tickets(" + deleted + ")", "").statusCode())
                .isEqualTo(204);

        europe.replicate(Replicated.account(second, 1));

        InstanceServer.await(
                "told twice",
                () ->
                        ready().stream().filter(event -> event.contains(ticket.toString())).count()
                                == 2);
        awaitNothingAwaited();
        assertThat(ready()).noneMatch(event -> event.contains(deleted.toString()));
        assertThat(ready().stream().filter(event -> event.contains(ticket.toString())).toList())
                .last()
                .asString()
                .endsWith("\"version\":3}");
    }

    @Test
    void aDeferredStepRunsOnceWhenItsReferencesAreHydratedWhateverHappensBefore() {
        UUID account = UUID.randomUUID();
        UUID ticket = submit(account, "HIGH");
        UUID other = submit(account, "LOW");
        Escalation.FAILURES.put(ticket, 1);
        europe.close();
        assertThat(Escalation.RUNS).isEmpty();
        europe = start();

        europe.replicate(Replicated.account(account, 1));

        InstanceServer.await("it has run", () -> Escalation.RUNS.containsKey(ticket));
        awaitNothingAwaited();
        assertThat(Escalation.FAILURES).containsEntry(ticket, 0);
        assertThat(Escalation.RUNS).containsEntry(ticket, 1).doesNotContainKey(other);
    }

    @Test
    void whileKafkaIsAwayDeferredStepsRunAndWhatIsReadyIsToldLater() {
        europe.close();
        europe = start("127.0.0.1:1");
        UUID account = UUID.randomUUID();
        europe.replicate(Replicated.account(account, 1));
        UUID first = submit(account, "HIGH");
        InstanceServer.await("the first has run", () -> Escalation.RUNS.containsKey(first));
        UUID second = submit(account, "HIGH");
        InstanceServer.await("the second has run", () -> Escalation.RUNS.containsKey(second));

        europe.close();
        europe = start();

        awaitReady(first);
        awaitReady(second);
        awaitNothingAwaited();
    }

    @Test
    void whatIsDeferredOfADeletedEntityIsNotOfTheNextUnderItsKey() {
        UUID account = UUID.randomUUID();
        UUID ticket = submit(account, "HIGH");
        assertThat(europe.send("DELETE", "tickets(" + ticket + ")", "").statusCode())
                .isEqualTo(204);
        assertThat(awaited()).isZero();
        submit(ticket, account, "LOW");

        europe.replicate(Replicated.account(account, 1));

        awaitReady(ticket);
        awaitNothingAwaited();
        assertThat(Escalation.RUNS).isEmpty();
    }

    /** Concerns tickets of the priority HIGH. */
    @Singleton
    @Requires(property = "test.escalation")
    static final class Escalation implements WriteStep.Deferred {
        static final Map<UUID, Integer> RUNS = new ConcurrentHashMap<>();
        static final Map<UUID, Integer> FAILURES = new ConcurrentHashMap<>();

        @Override
        public String name() {
            return "escalation";
        }

        @Override
        public boolean concerns(Operation operation) {
            return "HIGH"
                    .equals(
                            operation
                                    .after()
                                    .content()
                                    .value(Contoso.field(Contoso.TICKET, "priority")));
        }

        @Override
        public void run(StoreTransaction transaction, EntityRow row) {
            UUID key = (UUID) row.id().key().value();
            if (FAILURES.getOrDefault(key, 0) > 0) {
                FAILURES.merge(key, -1, Integer::sum);
                throw new IllegalStateException("not yet");
            }
            RUNS.merge(key, 1, Integer::sum);
        }
    }

    private UUID submit(UUID account, String priority) {
        UUID ticket = UUID.randomUUID();
        submit(ticket, account, priority);
        return ticket;
    }

    private void submit(UUID ticket, UUID account, String priority) {
        patch(
                ticket,
                """
                {"ticketNumber": "T-%s", "title": "x", "priority": "%s", "status": "OPEN",
                 "openedOn": "2026-11-21T09:00:00Z", "account@odata.bind": "/accounts(%s)"}\
                """
                        .formatted(ticket, priority, account));
    }

    private void patch(UUID ticket, String body) {
        assertThat(europe.send("PATCH", "tickets(" + ticket + ")", body).statusCode())
                .isEqualTo(204);
    }

    private static void awaitReady(UUID ticket) {
        InstanceServer.await(
                ticket + " is ready",
                () -> ready().stream().anyMatch(event -> event.contains(ticket.toString())));
    }

    private static void awaitNothingAwaited() {
        InstanceServer.await("nothing is awaited any more", () -> awaited() == 0);
    }

    private static long awaited() {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                var row = statement.executeQuery("SELECT count(*) FROM understudy.awaiting")) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** All events so far. */
    private static List<String> ready() {
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(
                        Map.of(
                                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                                kafka.bootstrapServers(),
                                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                                "earliest",
                                ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                                false),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer())) {
            List<String> events = new ArrayList<>();
            if (!consumer.listTopics().containsKey(TOPIC)) {
                return events;
            }
            TopicPartition partition = new TopicPartition(TOPIC, 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).get(partition);
            while (consumer.position(partition) < end) {
                for (ConsumerRecord<byte[], byte[]> record :
                        consumer.poll(Duration.ofMillis(200))) {
                    events.add(new String(record.value(), UTF_8));
                }
            }
            return events;
        }
    }
}
