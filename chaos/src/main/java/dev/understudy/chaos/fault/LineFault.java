package dev.understudy.chaos.fault;

import dev.understudy.chaos.network.Relay;

/** The connections from one part to another are no good. */
record LineFault(FaultKind kind, Relay relay, Relay.Line line) implements Fault {
    @Override
    public String target() {
        return relay.name();
    }

    @Override
    public void begin() {
        relay.becomes(line);
    }

    @Override
    public void end() {
        relay.becomes(Relay.Line.OPEN);
    }
}
