package dev.understudy.benchmarks.instance;

import dev.understudy.benchmarks.replicator.Infrastructure;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntConsumer;

/** Tickets in turns: with both references there, with two missing, and where these are rejected. */
final class WritePath {
    private static final String PRESENT = "both there";
    private static final String MISSING = "two missing";
    private static final String REJECT = "reject, both there";
    private static final String BESIDE = ", beside the replicator";

    /** Accounts and contacts that are there for each of the series that want them there. */
    private static final int CUSTOMERS = 20_000;

    private static final int MISSING_FROM = 10_000_000;
    private static final int ALL_NEW = 1_000_000_000;
    private static final int PACED_CLIENTS = 32;

    private final Infrastructure infrastructure;
    private final TargetServices services;
    private final Pace pace;
    private final Turns turns;
    private final Series present = new Series(new Work("p", 0, 0, CUSTOMERS));
    private final Series missing = new Series(new Work("m", 0, MISSING_FROM, ALL_NEW));
    private final Series rejected = new Series(new Work("r", 0, CUSTOMERS, CUSTOMERS));

    /**
     * How it is written.
     *
     * @param rate writes per second where latencies are measured
     * @param bulk tickets of one bulk write
     * @param turn length of a turn
     */
    record Pace(int clients, int rate, int bulk, Duration turn) {}

    /** One that has its turn. */
    private record Contender(
            String name, ServiceProcess service, Series series, Series.Writing writing) {}

    WritePath(Infrastructure infrastructure, TargetServices services, Pace pace, Turns turns) {
        this.infrastructure = infrastructure;
        this.services = services;
        this.pace = pace;
        this.turns = turns;
        services.preload(2 * CUSTOMERS);
    }

    void warmUp(Duration length) throws IOException, InterruptedException {
        for (Contender each : single("", length, _ -> _ -> {})) {
            each.series().run(each.writing());
        }
        Duration some = length.dividedBy(3);
        for (Contender each : others(some)) {
            each.series().run(each.writing());
        }
    }

    void alone(int rounds) throws SQLException, IOException, InterruptedException {
        for (int round = 0; round < rounds; round++) {
            List<Contender> contenders = new ArrayList<>(single("", pace.turn(), _ -> _ -> {}));
            contenders.addAll(paced("", _ -> _ -> {}));
            contenders.addAll(others(pace.turn()));
            take(contenders, round);
        }
    }

    /** With each ticket its account and its contact are published, and applied meanwhile. */
    void besideReplicator(int rounds) throws SQLException, IOException, InterruptedException {
        try (ServiceProcess _ = services.replicator();
                CustomerFeed feed = new CustomerFeed(infrastructure)) {
            for (Contender each : single("", pace.turn(), feed::of)) {
                each.series().run(each.writing());
            }
            for (int round = 0; round < rounds; round++) {
                List<Contender> contenders = new ArrayList<>(single(BESIDE, pace.turn(), feed::of));
                contenders.addAll(paced(BESIDE, feed::of));
                take(contenders, round);
            }
        }
    }

    void ratios() {
        for (String beside : List.of("", BESIDE)) {
            for (String other : List.of(PRESENT, REJECT)) {
                String name = MISSING + " / " + other + beside;
                turns.speed(name + ": speed", MISSING + beside, other + beside);
                turns.p99(
                        name + ": p99 at a fixed rate",
                        MISSING + beside + atRate(),
                        other + beside + atRate());
                turns.cpu(name + ": processors", MISSING + beside, other + beside);
            }
        }
        turns.speed("over HTTP / bare INSERT: speed", PRESENT, "bare INSERT");
        turns.cpu("over HTTP / bare INSERT: processors", PRESENT, "bare INSERT");
        turns.speed("without HTTP / bare INSERT: speed", "without HTTP", "bare INSERT");
        for (Requests many : many()) {
            turns.speed(name(many) + " / single: speed", name(many), MISSING);
        }
    }

    private void take(List<Contender> contenders, int round)
            throws SQLException, IOException, InterruptedException {
        List<Contender> order = new ArrayList<>(contenders);
        Collections.rotate(order, round);
        for (Contender each : order) {
            Turn turn =
                    Turn.of(
                            infrastructure,
                            each.service(),
                            () -> each.series().run(each.writing()),
                            _ -> {});
            turns.add(each.name(), turn);
        }
    }

    /** As fast as they are answered. */
    private List<Contender> single(
            String suffix, Duration length, Function<Work, IntConsumer> before) {
        return overHttp(suffix, pace.clients(), before, clients -> clients.closed(length));
    }

    /** At a fixed rate. */
    private List<Contender> paced(String suffix, Function<Work, IntConsumer> before) {
        return overHttp(
                suffix + atRate(),
                PACED_CLIENTS,
                before,
                clients -> clients.paced(pace.rate(), pace.turn()));
    }

    private String atRate() {
        return ", %d/s".formatted(pace.rate());
    }

    /** How clients are let loose. */
    @FunctionalInterface
    private interface Drive {
        Load run(Clients clients) throws InterruptedException;
    }

    private List<Contender> overHttp(
            String suffix, int count, Function<Work, IntConsumer> before, Drive drive) {
        ServiceProcess placing = services.placing();
        ServiceProcess rejecting = services.rejecting();
        return List.of(
                new Contender(
                        PRESENT + suffix,
                        placing,
                        present,
                        work -> drive.run(clients(placing, work, count, before))),
                new Contender(
                        MISSING + suffix,
                        placing,
                        missing,
                        work -> drive.run(clients(placing, work, count, before))),
                new Contender(
                        REJECT + suffix,
                        rejecting,
                        rejected,
                        work -> drive.run(clients(rejecting, work, count, before))));
    }

    private static Clients clients(
            ServiceProcess service, Work work, int count, Function<Work, IntConsumer> before) {
        return new Clients(count, WebWrites.single(service.base(), work, before.apply(work)));
    }

    /** Beside single writes over HTTP: without it, without us, and many at a time. */
    private List<Contender> others(Duration length) {
        ServiceProcess placing = services.placing();
        List<Contender> others = new ArrayList<>();
        others.add(direct("without HTTP", "pipeline", present, length));
        others.add(direct("without HTTP, two missing", "pipeline", missing, length));
        others.add(direct("bare INSERT", "insert", present, length));
        for (Requests many : many()) {
            others.add(
                    new Contender(
                            name(many),
                            placing,
                            missing,
                            work ->
                                    new Clients(
                                                    pace.clients(),
                                                    WebWrites.many(
                                                            placing.base(),
                                                            work,
                                                            many,
                                                            pace.bulk()))
                                            .closed(length)));
        }
        return others;
    }

    private Contender direct(String name, String how, Series series, Duration length) {
        return new Contender(
                name,
                services.placing(),
                series,
                work -> services.placing().direct(how, pace.clients(), length, work));
    }

    private static List<Requests> many() {
        return List.of(Requests.CREATE_MULTIPLE, Requests.UPSERT_MULTIPLE, Requests.CHANGE_SET);
    }

    private String name(Requests many) {
        String what =
                switch (many) {
                    case SINGLE -> "single";
                    case CREATE_MULTIPLE -> "CreateMultiple";
                    case UPSERT_MULTIPLE -> "UpsertMultiple";
                    case CHANGE_SET -> "change set";
                };
        return "%s of %d, two missing".formatted(what, pace.bulk());
    }
}
