package dev.understudy.replicator.breaker;

/** Asks a part whether it can be used again. */
@FunctionalInterface
public interface Probe {
    /**
     * Returns if the part can be used.
     *
     * @throws Exception if it cannot, saying why
     */
    void check() throws Exception;
}
