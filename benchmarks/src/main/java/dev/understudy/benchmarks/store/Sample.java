package dev.understudy.benchmarks.store;

/** One measurement. */
record Sample(int round, Contender contender, Work work, int batchRows, Measured measured) {}
