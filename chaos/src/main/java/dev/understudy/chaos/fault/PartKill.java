package dev.understudy.chaos.fault;

import dev.understudy.sandbox.Part;

/** The process of a part is killed; it starts again on the same port and data. */
record PartKill(FaultKind kind, Part part) implements Fault {
    @Override
    public String target() {
        return part.name();
    }

    @Override
    public void begin() {
        part.kill();
    }

    @Override
    public void end() {
        part.start();
    }
}
