package dev.understudy.chaos;

import dev.understudy.chaos.check.Deliveries;
import dev.understudy.chaos.check.Guarantee;
import dev.understudy.chaos.check.Placeholders;
import dev.understudy.chaos.check.PublishedTopics;
import dev.understudy.chaos.check.PublishedTopics.Published;
import dev.understudy.chaos.check.ReplicaComparison;
import dev.understudy.chaos.check.Steps;
import dev.understudy.chaos.check.TableComparison;
import dev.understudy.chaos.check.Verdict;
import dev.understudy.chaos.load.ChaosLoad;
import dev.understudy.chaos.time.Polling;
import dev.understudy.sandbox.Database;
import dev.understudy.sandbox.Sandbox;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;

/** Judges the system after its load has ended, once what is on its way has arrived. */
record Settlement(Sandbox sandbox, Timeline timeline) {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final List<String> REPLICATED = List.of("account", "contact");
    private static final List<String> TOPICS =
            List.of("us.contoso.crm.Account", "us.contoso.crm.Contact");

    /** The verdicts, and what the target's own records say. */
    record Outcome(List<Verdict> verdicts, Deliveries deliveries, long orphans) {
        Outcome {
            verdicts = List.copyOf(verdicts);
        }
    }

    Outcome judge(ChaosLoad load) throws Exception {
        List<Verdict> verdicts = new ArrayList<>();
        verdicts.add(settled(this::published));
        verdicts.add(settled(this::converged));
        AtomicReference<Deliveries> last = new AtomicReference<>();
        verdicts.add(
                settled(() -> {
                    Deliveries read = deliveries();
                    last.set(read);
                    return withoutLetters(read);
                }));
        Placeholders placeholders =
                new Placeholders(sandbox.usDatabase(), sandbox.europeDatabase());
        Verdict orphans = settled(() -> placeholders.orphans(REPLICATED));
        verdicts.add(orphans);
        verdicts.add(settled(() -> placeholders.one("account", "account_number")));
        verdicts.add(told(nothingLost(load)));
        verdicts.add(told(refusals(load)));
        return new Outcome(verdicts, Objects.requireNonNull(last.get()), orphans.judged());
    }

    /** Judges only what needs no topic to be read, which of a long run would be large. */
    List<Verdict> brief(ChaosLoad load) throws Exception {
        return List.of(settled(this::converged), told(nothingLost(load)), told(refusals(load)));
    }

    private static Verdict refusals(ChaosLoad load) {
        return new Verdict(
                Guarantee.REFUSED_FOR_A_REASON,
                load.counts().accepted() + load.refused(),
                load.forbidden());
    }

    /** The verdict as soon as it holds, else the last one before patience ends. */
    private Verdict settled(Callable<Verdict> judge) throws Exception {
        AtomicReference<Verdict> last = new AtomicReference<>(judge.call());
        Polling.holds(
                PATIENCE,
                () -> {
                    if (!last.get().holds()) {
                        last.set(judge.call());
                    }
                    return last.get().holds();
                });
        return told(last.get());
    }

    Verdict told(Verdict verdict) {
        timeline.say(
                "%s: %d judged, %d violations",
                verdict.guarantee(), verdict.judged(), verdict.violations().size());
        verdict.violations().stream().limit(10).forEach(each -> timeline.show("    " + each));
        return verdict;
    }

    /** By what the owner's API shows, and by how many versions the owner's database has. */
    private Verdict nothingLost(ChaosLoad load) throws SQLException {
        List<String> violations = new ArrayList<>(load.lost());
        for (Map.Entry<String, Map<UUID, Steps>> table : load.steps().entrySet()) {
            Database owner =
                    REPLICATED.contains(table.getKey())
                            ? sandbox.usDatabase()
                            : sandbox.europeDatabase();
            violations.addAll(Steps.judge(owner, table.getKey(), table.getValue()).violations());
        }
        return new Verdict(Guarantee.NOTHING_LOST, load.judged(), violations);
    }

    private Verdict published() throws SQLException {
        return new PublishedTopics(sandbox.kafka().bootstrapServers())
                .judge(
                        List.of(
                                new Published(sandbox.usDatabase(), "account", TOPICS.getFirst()),
                                new Published(sandbox.usDatabase(), "contact", TOPICS.getLast()),
                                new Published(
                                        sandbox.europeDatabase(),
                                        "ticket",
                                        "europe.contoso.crm.Ticket")));
    }

    private Verdict converged() throws SQLException {
        List<TableComparison> tables;
        try (Connection owner = sandbox.usDatabase().connect();
                Connection replica = sandbox.europeDatabase().connect()) {
            tables = new ReplicaComparison(owner, replica).compare();
        }
        List<String> violations =
                tables.stream().filter(table -> !table.agrees()).map(Object::toString).toList();
        long rows = tables.stream().mapToLong(TableComparison::ownerRows).sum();
        return new Verdict(
                Guarantee.CONVERGED, tables.size() == REPLICATED.size() ? rows : 0, violations);
    }

    /** Nothing that the load writes is poison, so a dead letter is an event that was given up. */
    private static Verdict withoutLetters(Deliveries read) {
        List<String> violations = new ArrayList<>(read.verdict().violations());
        if (read.deadLetters() > 0) {
            violations.add(read.deadLetters() + " events are dead letters");
        }
        return new Verdict(Guarantee.NOTHING_DROPPED, read.verdict().judged(), violations);
    }

    private Deliveries deliveries() throws Exception {
        return Deliveries.read(
                new Deliveries.Place(
                        sandbox.kafka().bootstrapServers(), sandbox.registry().url(), "europe"),
                TOPICS);
    }
}
