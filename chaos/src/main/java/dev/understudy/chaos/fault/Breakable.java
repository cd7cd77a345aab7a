package dev.understudy.chaos.fault;

import dev.understudy.chaos.check.DurableOffsets;
import dev.understudy.chaos.check.Guarantee;
import dev.understudy.chaos.check.Verdict;
import dev.understudy.chaos.network.Network;
import dev.understudy.chaos.network.Relay;
import dev.understudy.sandbox.Part;
import dev.understudy.sandbox.Sandbox;
import dev.understudy.sandbox.SandboxPart;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The whole system on this machine, and everything that can be broken of it. */
public final class Breakable implements AutoCloseable {
    /** Later, by more than any time-out, and earlier. */
    private static final Duration FAST = Duration.ofMinutes(7);

    private static final Duration SLOW = Duration.ofMinutes(-7);

    private final Network network;
    private final Sandbox sandbox;
    private final List<Fault> faults = new ArrayList<>();
    private final List<Verdict> beforeReplays = new ArrayList<>();

    private Breakable(Network network) {
        this.network = network;
        this.sandbox =
                Sandbox.open(
                        network.options()
                                .withSetting(
                                        SandboxPart.REPLICATOR,
                                        "UNDERSTUDY_REPLICATOR_SESSION_TIMEOUT",
                                        "6s"));
    }

    /** Starts it; the caller closes it, else the end of the JVM does. */
    public static Breakable open(Set<FaultKind> kinds) throws IOException {
        Network network = Network.open();
        try {
            Breakable system = new Breakable(network);
            system.addParts();
            system.addLines();
            system.addServices();
            system.addDisks();
            system.faults.removeIf(fault -> !kinds.contains(fault.kind()));
            return system;
        } catch (RuntimeException e) {
            network.close();
            throw e;
        }
    }

    private void addParts() {
        for (SandboxPart name : SandboxPart.values()) {
            Part part = sandbox.part(name);
            faults.add(new PartKill(FaultKind.KILL, part));
            faults.add(new PartFreeze(part));
        }
        faults.add(new PartKill(FaultKind.KAFKA_AWAY, sandbox.kafka()));
    }

    private void addLines() {
        for (Relay relay : network.relays()) {
            faults.add(new LineFault(FaultKind.CUT, relay, Relay.Line.CUT));
            faults.add(new LineFault(FaultKind.SLOW, relay, Relay.Line.SLOW));
            faults.add(new LineFault(FaultKind.HALF_OPEN, relay, Relay.Line.SILENT));
        }
    }

    private void addServices() {
        for (Rebalance.Leaving leaving : Rebalance.Leaving.values()) {
            faults.add(new Rebalance(sandbox.another(SandboxPart.REPLICATOR), leaving));
        }
        faults.add(new Replay(sandbox, beforeReplays));
        for (Duration offset : List.of(FAST, SLOW)) {
            faults.add(new ClockSkew(sandbox.us(), offset));
            faults.add(new ClockSkew(sandbox.europe(), offset));
        }
    }

    private void addDisks() {
        faults.add(new FullDisk("us-database", sandbox.usDatabase(), "contoso_crm.account"));
        faults.add(
                new FullDisk("europe-database", sandbox.europeDatabase(), "contoso_crm.account"));
        faults.add(new FullDisk("europe-database", sandbox.europeDatabase(), "contoso_crm.ticket"));
    }

    /** What runs. */
    public Sandbox sandbox() {
        return sandbox;
    }

    /** Everything that can be broken, of the kinds that were asked for. */
    public List<Fault> faults() {
        return List.copyOf(faults);
    }

    /** Whether the replica had what its group had committed: before each replay, and now. */
    public Verdict offsetsAreDurable() throws Exception {
        beforeReplays.add(
                new DurableOffsets(
                                sandbox.kafka().bootstrapServers(),
                                Replay.GROUP,
                                sandbox.europeDatabase())
                        .judge());
        return new Verdict(
                Guarantee.OFFSETS_DURABLE,
                beforeReplays.stream().mapToLong(Verdict::judged).sum(),
                beforeReplays.stream().flatMap(each -> each.violations().stream()).toList());
    }

    @Override
    public void close() throws IOException {
        sandbox.close();
        network.close();
    }
}
