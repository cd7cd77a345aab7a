package dev.understudy.chaos.fault;

import dev.understudy.sandbox.Service;

/** A further replicator joins the group, and leaves it: in order, or by its death. */
record Rebalance(Service further, Leaving leaving) implements Fault {
    enum Leaving {
        IN_ORDER,
        DEAD
    }

    @Override
    public FaultKind kind() {
        return FaultKind.REBALANCE;
    }

    @Override
    public String target() {
        return switch (leaving) {
            case IN_ORDER -> "by a replicator that is stopped";
            case DEAD -> "by a replicator that is killed";
        };
    }

    @Override
    public void begin() {
        further.start();
    }

    @Override
    public void end() {
        switch (leaving) {
            case IN_ORDER -> further.stop();
            case DEAD -> further.kill();
        }
    }
}
