package dev.understudy.chaos.load;

import dev.understudy.chaos.check.Steps;
import dev.understudy.sandbox.Sandbox;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** All that is written while things break, at both instances. */
public final class ChaosLoad implements AutoCloseable {
    private static final int SOURCE_WRITERS = 2;
    private static final int TARGET_WRITERS = 2;

    /** Leaves the machine to those that start again. */
    private static final Duration PAUSE = Duration.ofMillis(30);

    private final SourceLoad source;
    private final List<TicketLoad> target = new ArrayList<>();

    private ChaosLoad(SourceLoad source) {
        this.source = source;
    }

    /** Starts to write. */
    public static ChaosLoad start(Sandbox sandbox, long seed) {
        SourceLoad source = SourceLoad.start(sandbox.us().baseUrl(), seed, SOURCE_WRITERS, PAUSE);
        ChaosLoad load = new ChaosLoad(source);
        for (int i = 0; i < TARGET_WRITERS; i++) {
            long own = seed * TARGET_WRITERS + i;
            load.target.add(
                    TicketLoad.start(
                            sandbox.europe().baseUrl(), own, PAUSE, new References(source, own)));
        }
        return load;
    }

    /** What there is up to a moment; differences tell what happened between two. */
    public record Counts(long atSource, long atTarget, long unavailable, long unanswered) {
        /** What was added since. */
        public Counts since(Counts earlier) {
            return new Counts(
                    atSource - earlier.atSource,
                    atTarget - earlier.atTarget,
                    unavailable - earlier.unavailable,
                    unanswered - earlier.unanswered);
        }

        /** Accepted writes of both. */
        public long accepted() {
            return atSource + atTarget;
        }

        @Override
        public String toString() {
            return "accepted %d at the source, %d at the target; %d answered 503, %d not"
                    .formatted(atSource, atTarget, unavailable, unanswered);
        }
    }

    /** The counts now. */
    public Counts counts() {
        return new Counts(
                source.writes().accepted(),
                target.stream().mapToLong(each -> each.writes().accepted()).sum(),
                refused("DatabaseUnavailable"),
                source.writes().unanswered()
                        + target.stream().mapToLong(each -> each.writes().unanswered()).sum());
    }

    /** Accepted deletions of both. */
    public long deletions() {
        return source.writes().deleted()
                + target.stream().mapToLong(each -> each.writes().deleted()).sum();
    }

    /** Writes of both that were refused with a code. */
    public long refused(String code) {
        return source.writes().refused().getOrDefault(code, 0L)
                + target.stream()
                        .mapToLong(each -> each.writes().refused().getOrDefault(code, 0L))
                        .sum();
    }

    /** Pairs of accounts that swapped their numbers. */
    public long swaps() {
        return source.swaps();
    }

    /** Whether no writer has ended. */
    public boolean isWriting() {
        return source.isWriting() && target.stream().allMatch(TicketLoad::isWriting);
    }

    /** Sends nothing more and waits for the last answers. */
    public void stop() {
        target.forEach(TicketLoad::stop);
        source.stop();
    }

    /** Accepted writes that their owner does not have as it must. Only after {@link #stop}. */
    public List<String> lost() {
        List<String> lost = new ArrayList<>(source.lost());
        target.forEach(each -> lost.addAll(each.lost()));
        return lost;
    }

    /** How many versions each entity must have at its owner, and may, by contoso table. */
    public Map<String, Map<UUID, Steps>> steps() {
        Map<UUID, Steps> tickets = new HashMap<>();
        target.forEach(each -> tickets.putAll(each.steps()));
        return Map.of(
                "account", source.accountSteps(),
                "contact", source.contactSteps(),
                "ticket", tickets);
    }

    /** How long the answers of both took since they were taken the last time, in nanoseconds. */
    public List<Long> takeLatenciesNs() {
        List<Long> taken = source.writes().takeLatenciesNs();
        target.forEach(each -> taken.addAll(each.writes().takeLatenciesNs()));
        return taken;
    }

    /** Refusals of both for a reason that cannot be. */
    public List<String> forbidden() {
        List<String> forbidden = new ArrayList<>(source.writes().forbidden());
        target.forEach(each -> forbidden.addAll(each.writes().forbidden()));
        return forbidden;
    }

    /** Writes of both that were refused, whatever the code. */
    public long refused() {
        return refused(source.writes())
                + target.stream().mapToLong(each -> refused(each.writes())).sum();
    }

    private static long refused(TrackedWrites writes) {
        return writes.refused().values().stream().mapToLong(Long::longValue).sum();
    }

    /** Entities that {@link #lost} judges. */
    public long judged() {
        return source.judged() + target.stream().mapToLong(TicketLoad::judged).sum();
    }

    @Override
    public void close() {
        target.forEach(TicketLoad::close);
        source.close();
    }

    @Override
    public String toString() {
        return "source: %s; target: %s".formatted(source, target);
    }
}
