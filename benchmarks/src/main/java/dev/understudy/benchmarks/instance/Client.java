package dev.understudy.benchmarks.instance;

import java.io.IOException;

/** One of several that write at the same time, each in a thread of its own. */
interface Client extends AutoCloseable {
    /**
     * Makes a write ready, which is not measured.
     *
     * @param number of the write, no other's of the same load
     */
    Write prepare(int number);

    /** What is measured. */
    @FunctionalInterface
    interface Write {
        /** Writes; returns how many rows. */
        int run() throws Exception;
    }

    /** Connects another client. */
    @FunctionalInterface
    interface Maker {
        Client connect() throws Exception;
    }

    @Override
    default void close() throws IOException {}
}
