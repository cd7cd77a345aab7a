package dev.understudy.chaos;

import dev.understudy.chaos.check.Verdict;
import dev.understudy.chaos.fault.Breakable;
import dev.understudy.chaos.fault.Fault;
import dev.understudy.chaos.fault.FaultKind;
import dev.understudy.chaos.fault.Schedule;
import dev.understudy.chaos.fault.Schedule.Planned;
import dev.understudy.chaos.load.ChaosLoad;
import dev.understudy.chaos.load.ChaosLoad.Counts;
import dev.understudy.chaos.time.Polling;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The whole system under load, broken by one fault after the other, healed, drained and judged. One
 * run per object, by one thread.
 */
public final class ChaosRun {
    private final ChaosSettings settings;
    private final Timeline timeline;
    private final Map<FaultKind, Long> injected = new EnumMap<>(FaultKind.class);

    private ChaosRun(ChaosSettings settings, Timeline timeline) {
        this.settings = settings;
        this.timeline = timeline;
    }

    /** Runs, telling what happens; every process that it starts ends with it, or with the JVM. */
    public static ChaosReport run(ChaosSettings settings, PrintWriter out) throws Exception {
        ChaosRun run = new ChaosRun(settings, new Timeline(out));
        try {
            return run.run();
        } catch (Exception | Error e) {
            run.timeline.show(ChaosReport.broken(settings, run.injected, e));
            throw e;
        }
    }

    private ChaosReport run() throws Exception {
        timeline.say(
                "seed %d, %.0f s of %s",
                settings.seed(), Timeline.seconds(settings.lasts()), settings.kinds());
        try (Breakable system = Breakable.open(settings.kinds())) {
            timeline.say("everything is up; logs are in %s", system.sandbox().directory());
            try (Observers observers = Observers.watch(system.sandbox());
                    ChaosLoad load = ChaosLoad.start(system.sandbox(), settings.seed())) {
                Duration broken = breakThings(system, load);
                return judge(system, load, observers, broken);
            }
        }
    }

    /** Returns for how long: until the faults are as many as they must be, on a slow machine. */
    private Duration breakThings(Breakable system, ChaosLoad load) throws Exception {
        Schedule schedule = new Schedule(settings.seed(), system.faults());
        Duration begun = timeline.elapsed();
        Duration end = begun.plus(settings.lasts());
        while (timeline.elapsed().compareTo(end) < 0
                || faults() < settings.minimums().faults()
                || kills() < settings.minimums().kills()) {
            inject(schedule.next(), load);
        }
        return timeline.elapsed().minus(begun);
    }

    private void inject(Planned planned, ChaosLoad load) throws Exception {
        Polling.passes(planned.calm());
        Fault fault = planned.fault();
        String name =
                fault.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ')
                        + " "
                        + fault.target();
        timeline.say("%s for %.1f s", name, Timeline.seconds(planned.lasts()));
        Counts before = load.counts();
        fault.begin();
        injected.merge(fault.kind(), 1L, Long::sum);
        Polling.passes(planned.lasts());
        Duration healing = timeline.elapsed();
        fault.end();
        timeline.say(
                "  %s, healed in %.1f s",
                load.counts().since(before), Timeline.seconds(timeline.elapsed().minus(healing)));
    }

    private long faults() {
        return injected.values().stream().mapToLong(Long::longValue).sum();
    }

    private long kills() {
        return injected.getOrDefault(FaultKind.KILL, 0L);
    }

    private ChaosReport judge(
            Breakable system, ChaosLoad load, Observers observers, Duration broken)
            throws Exception {
        boolean wroteToTheEnd = load.isWriting();
        load.stop();
        timeline.say("load ended: %s", load);
        Settlement settlement = new Settlement(system.sandbox(), timeline);
        Settlement.Outcome outcome = settlement.judge(load);
        List<Verdict> verdicts = new ArrayList<>(outcome.verdicts());
        observers.verdicts().forEach(verdict -> verdicts.add(settlement.told(verdict)));
        Map<String, Long> figures = figures(load, outcome, broken);
        List<String> below = new ArrayList<>(settings.minimums().missedBy(figures));
        if (!wroteToTheEnd) {
            below.add("a writer ended before the run did");
        }
        verdicts.add(settlement.told(system.offsetsAreDurable()));
        ChaosReport report = new ChaosReport(settings, injected, figures, verdicts, below);
        below.forEach(each -> timeline.show("    below its minimum: " + each));
        timeline.show(report.json());
        return report;
    }

    private Map<String, Long> figures(ChaosLoad load, Settlement.Outcome outcome, Duration broken) {
        Counts counts = load.counts();
        Map<String, Long> figures = new HashMap<>();
        figures.put("accepted", counts.accepted());
        figures.put("acceptedPerMinute", counts.accepted() * 60 / Math.max(1, broken.toSeconds()));
        figures.put("secondsBroken", broken.toSeconds());
        figures.put("unanswered", counts.unanswered());
        figures.put("deletions", load.deletions());
        figures.put("swaps", load.swaps());
        figures.put("referencesToDeleted", load.refused("DeletedReference"));
        figures.put(Minimums.FAULTS, faults());
        figures.put(Minimums.KILLS, kills());
        figures.put("refused", load.refused());
        figures.put("unavailable", counts.unavailable());
        figures.put("faultKinds", (long) injected.size());
        figures.put("events", outcome.deliveries().verdict().judged());
        figures.put("placeholdersHydrated", outcome.deliveries().count("HYDRATED"));
        figures.put(
                "applied",
                outcome.deliveries().count("APPLIED")
                        + outcome.deliveries().count("HYDRATED")
                        + outcome.deliveries().count("DELETED"));
        figures.put("stale", outcome.deliveries().count("STALE"));
        figures.put("deadLetters", outcome.deliveries().deadLetters());
        figures.put("orphans", outcome.orphans());
        return figures;
    }
}
