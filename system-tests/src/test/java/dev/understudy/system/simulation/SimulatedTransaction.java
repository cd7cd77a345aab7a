package dev.understudy.system.simulation;

import java.util.LinkedHashSet;
import java.util.Set;

/** One transaction in Kafka; what is sent without one is in one that is committed. */
final class SimulatedTransaction {
    private State state;
    private final Set<SimulatedPartition> partitions = new LinkedHashSet<>();

    private enum State {
        OPEN,
        COMMITTED,
        ABORTED
    }

    private SimulatedTransaction(State state) {
        this.state = state;
    }

    static SimulatedTransaction open() {
        return new SimulatedTransaction(State.OPEN);
    }

    static SimulatedTransaction none() {
        return new SimulatedTransaction(State.COMMITTED);
    }

    void touches(SimulatedPartition partition) {
        partitions.add(partition);
    }

    boolean isOpen() {
        return state == State.OPEN;
    }

    boolean isCommitted() {
        return state == State.COMMITTED;
    }

    void commit() {
        end(State.COMMITTED);
    }

    void abort() {
        end(State.ABORTED);
    }

    private void end(State last) {
        state = last;
        partitions.forEach(SimulatedPartition::marker);
    }
}
