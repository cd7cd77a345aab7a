package dev.understudy.lob.load;

/**
 * One operation that is due: the {@code number}th of its kind, and the seed of what is drawn when
 * it is sent.
 */
record Arrival(Operation operation, int number, long seed) {}
