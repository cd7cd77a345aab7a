package dev.understudy.lob.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.understudy.lob.client.InstanceClient;
import dev.understudy.lob.client.InstanceFault;
import dev.understudy.lob.client.InstanceSettings;
import dev.understudy.lob.client.Resilience;
import dev.understudy.lob.contoso.Contoso;
import dev.understudy.lob.fake.Answer;
import dev.understudy.lob.fake.FakeInstance;
import dev.understudy.lob.load.LoadResult.OfOperation;
import dev.understudy.lob.load.LoadSettings.Bounds;
import dev.understudy.lob.load.LoadSettings.Data;
import dev.understudy.lob.load.LoadSettings.HydrationSample;
import dev.understudy.lob.load.LoadSettings.Pace;
import dev.understudy.lob.load.Outcome.Accepted;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LoadRunTest {

    private static final HydrationSample IMPATIENT = new HydrationSample(1000, 16, Duration.ZERO);

    private final FakeInstance source = FakeInstance.source();
    private final FakeInstance target = FakeInstance.target();

    @AfterEach
    void stop() {
        source.close();
        target.close();
    }

    @Test
    void everyOperationIsAccountedFor() {
        LoadResult result = run(settings("read-source=1,read-target=1,create=1,update=1,ticket=1"));

        assertThat(result.due()).isEqualTo(200);
        assertThat(result.accepted()).isEqualTo(200);
        assertThat(result.complete()).isTrue();
        assertThat(result.operations()).hasSize(Operation.values().length);
        result.operations()
                .values()
                .forEach(share -> assertThat(share.latency().count()).isEqualTo(share.due()));
        assertThat(source.hydrated("accounts"))
                .isEqualTo(10 + (int) of(result, Operation.CREATE).accepted());
        assertThat(target.hydrated("tickets"))
                .isEqualTo((int) of(result, Operation.TICKET).accepted());
    }

    @Test
    void ticketsOnPlaceholdersAreTold() {
        LoadResult result = run(settings("ticket=1"));

        assertThat(result.tickets().shown()).isEqualTo(200);
        assertThat(result.tickets().onPlaceholders()).isEqualTo(200);
        try (InstanceClient client = new InstanceClient(InstanceSettings.at(target.url()))) {
            assertThat(result.tickets().placeholders())
                    .isEqualTo(
                            client.list(Contoso.ACCOUNTS).size()
                                    + client.list(Contoso.CONTACTS).size())
                    .isLessThan(200);
        }
    }

    @Test
    void ticketsOnWhatIsHydratedAreNotOnPlaceholders() {
        run(settings("read-source=1"));
        target.replicateFrom(source);
        LoadResult result = run(settings("ticket=1"));

        assertThat(result.tickets().shown()).isEqualTo(200);
        assertThat(result.tickets().onPlaceholders()).isZero();
    }

    @Test
    void latencyCountsFromWhenAnOperationWasDue() {
        Bounds bounds = new Bounds(2, Duration.ofSeconds(50), Duration.ofSeconds(50), IMPATIENT);
        AtomicInteger seconds = new AtomicInteger();
        target.hold();
        LoadResult result =
                LoadRun.run(
                        settings("ticket=1", new Data(1, 1, 10), bounds),
                        new LoadObserver() {
                            @Override
                            public void figures(LoadFigures figures) {
                                if (seconds.incrementAndGet() == 2) {
                                    target.release();
                                }
                            }
                        });

        // The last was due within the first second, and nothing was answered before the second.
        assertThat(target.mostAtOnce()).isEqualTo(2);
        assertThat(result.accepted()).isEqualTo(200);
        assertThat(result.held()).isEqualTo(198);
        Percentiles latency = of(result, Operation.TICKET).latency();
        assertThat(latency.count()).isEqualTo(200);
        assertThat(latency.p50Ms()).isGreaterThan(1400);
        assertThat(latency.maxMs()).isGreaterThan(1900);
    }

    @Test
    void whatTheBoundKeepsBackToTheEndIsNotSent() {
        Bounds bounds = new Bounds(2, Duration.ofSeconds(2), Duration.ZERO, IMPATIENT);
        target.hold();
        LoadResult result = run(settings("ticket=1", new Data(1, 1, 10), bounds));

        OfOperation tickets = of(result, Operation.TICKET);
        assertThat(tickets.unanswered()).containsOnlyKeys("TIMED_OUT").containsValue(2L);
        assertThat(tickets.notSent()).isEqualTo(198);
        assertThat(tickets.latency().count()).isEqualTo(200);
        assertThat(result.complete()).isFalse();
    }

    @Test
    void refusalsAreCountedByCode() {
        target.rejectMissing(true);
        source.refuse("employees\":", 400, "InvalidField", "no");
        assertThatThrownBy(() -> run(settings("ticket=1")))
                .isInstanceOf(InstanceFault.class)
                .hasMessageContaining("InvalidField");

        FakeInstance other = FakeInstance.source();
        try (other) {
            LoadResult result =
                    LoadRun.run(
                            new LoadSettings(
                                    other.url(),
                                    target.url(),
                                    new Pace(200, Duration.ofSeconds(1)),
                                    Mix.parse("ticket=1"),
                                    new Data(1, 1, 10),
                                    Bounds.DEFAULT),
                            LoadObserver.NONE);
            assertThat(of(result, Operation.TICKET).refused())
                    .containsEntry("MissingReference", 200L);
        }
    }

    @Test
    void anInstanceThatIsAwayGivesNoAnswer() {
        target.close();
        LoadResult result = run(settings("ticket=1,read-source=1"));

        OfOperation tickets = of(result, Operation.TICKET);
        assertThat(tickets.unanswered()).containsOnlyKeys("UNREACHABLE");
        assertThat(tickets.latency().count()).isEqualTo(tickets.due());
        assertThat(of(result, Operation.READ_SOURCE).accepted())
                .isEqualTo(200 - tickets.due())
                .isPositive();
    }

    @Test
    void whatAnOpenCircuitKeepsBackIsCountedButNotMeasured() {
        target.close();
        Bounds bounds =
                new Bounds(
                        64,
                        Duration.ofSeconds(20),
                        Duration.ofSeconds(20),
                        IMPATIENT,
                        Resilience.DEFAULT);
        LoadResult result = run(settings("ticket=1,read-source=1", new Data(1, 1, 10), bounds));

        OfOperation tickets = of(result, Operation.TICKET);
        long keptBack = tickets.refused().getOrDefault("CircuitOpen", 0L);
        assertThat(keptBack).isGreaterThan(tickets.due() / 2);
        assertThat(tickets.refused()).containsOnlyKeys("CircuitOpen");
        assertThat(tickets.unanswered()).containsOnlyKeys("UNREACHABLE");
        assertThat(tickets.due()).isEqualTo(keptBack + tickets.unanswered().get("UNREACHABLE"));
        assertThat(tickets.latency().count()).isEqualTo(tickets.due() - keptBack);
        OfOperation reads = of(result, Operation.READ_SOURCE);
        assertThat(reads.accepted()).isEqualTo(reads.due());
        assertThat(result.timing().answeredPerSecond()).isLessThan(150);
        assertThat(result.table()).contains("the circuit kept back " + keptBack);
        assertThat(result.json()).contains("\"CircuitOpen\" : " + keptBack);
    }

    @Test
    void hydrationIsFollowedToTheTarget() {
        HydrationSample sample = new HydrationSample(1000, 1000, Duration.ofSeconds(30));
        Bounds bounds = new Bounds(64, Duration.ofSeconds(20), Duration.ofSeconds(20), sample);
        LoadResult result =
                LoadRun.run(
                        settings("create=1", new Data(1, 1, 10), bounds),
                        new LoadObserver() {
                            @Override
                            public void answered(Operation operation, UUID key, Outcome outcome) {
                                if (outcome instanceof Accepted) {
                                    target.replicateFrom(source);
                                }
                            }
                        });

        LoadResult.Hydration hydration = result.hydration();
        assertThat(hydration.sampled()).isPositive();
        assertThat(hydration.notSeen()).isZero();
        assertThat(hydration.delay().count()).isEqualTo(hydration.sampled());
        assertThat(hydration.delay().p50Ms()).isPositive();
    }

    @Test
    void aHydrationThatStallsIsTold() {
        HydrationSample one = new HydrationSample(1000, 1, Duration.ofMillis(1500));
        Bounds bounds = new Bounds(64, Duration.ofSeconds(20), Duration.ofSeconds(20), one);
        LoadResult.Hydration hydration =
                run(settings("create=1", new Data(1, 1, 10), bounds)).hydration();

        assertThat(hydration.sampled()).isPositive();
        assertThat(hydration.notSampled()).isPositive();
        assertThat(hydration.notSeen()).isEqualTo(hydration.sampled());
        assertThat(hydration.delay().count()).isEqualTo(hydration.sampled());
        assertThat(hydration.delay().p50Ms()).isGreaterThan(1400);
    }

    @Test
    void anAcknowledgedEntityThatIsAPlaceholderIsMissing() {
        AtomicInteger answers = new AtomicInteger();
        LoadResult result =
                LoadRun.run(
                        settings("read-source=1"),
                        new LoadObserver() {
                            @Override
                            public void answered(Operation operation, UUID key, Outcome outcome) {
                                if (answers.incrementAndGet() == 1) {
                                    source.next(_ -> placeholder(key));
                                }
                            }
                        });

        assertThat(of(result, Operation.READ_SOURCE).refused()).containsEntry("Placeholder", 1L);
    }

    private static Answer placeholder(UUID key) {
        return new Answer(
                200, "{\"accountId\":\"%s\",\"@understudy.state\":\"placeholder\"}".formatted(key));
    }

    @Test
    void whatIsNotHydratedInTimeIsCounted() {
        LoadResult result =
                run(
                        settings(
                                "create=1",
                                new Data(1, 1, 10),
                                new Bounds(
                                        64,
                                        Duration.ofSeconds(20),
                                        Duration.ofSeconds(20),
                                        IMPATIENT)));

        assertThat(result.hydration().sampled()).isPositive();
        assertThat(result.hydration().notSeen()).isEqualTo(result.hydration().sampled());
        assertThat(result.hydration().delay().count()).isEqualTo(result.hydration().sampled());
    }

    private LoadResult run(LoadSettings settings) {
        return LoadRun.run(settings, LoadObserver.NONE);
    }

    private LoadSettings settings(String mix) {
        Bounds defaults = Bounds.DEFAULT;
        return settings(
                mix,
                new Data(1, 1, 10),
                new Bounds(
                        defaults.inFlight(),
                        defaults.requestTimeout(),
                        defaults.overrun(),
                        IMPATIENT));
    }

    private LoadSettings settings(String mix, Data data, Bounds bounds) {
        return new LoadSettings(
                source.url(),
                target.url(),
                new Pace(200, Duration.ofSeconds(1)),
                Mix.parse(mix),
                data,
                bounds);
    }

    private static OfOperation of(LoadResult result, Operation operation) {
        return Objects.requireNonNull(result.operations().get(operation));
    }
}
