package dev.understudy.chaos.fault;

import dev.understudy.sandbox.Part;

/** The processes of a part stand still. */
record PartFreeze(Part part) implements Fault {
    @Override
    public FaultKind kind() {
        return FaultKind.FREEZE;
    }

    @Override
    public String target() {
        return part.name();
    }

    @Override
    public void begin() {
        part.pause();
    }

    @Override
    public void end() {
        part.resume();
    }
}
