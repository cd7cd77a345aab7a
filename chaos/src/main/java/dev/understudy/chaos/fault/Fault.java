package dev.understudy.chaos.fault;

/** One thing that can be broken, and healed. Used by one thread, begun before it is ended. */
public interface Fault {
    /** Of which kind it is. */
    FaultKind kind();

    /** What it hits. */
    String target();

    /** Breaks it. */
    void begin() throws Exception;

    /** Heals it, and returns when it can be used again. */
    void end() throws Exception;
}
