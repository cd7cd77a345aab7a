package dev.understudy.lob.dataimport;

/**
 * The point up to which every row is done: its position and line, the counts so far, and the size
 * of the file of rejected rows.
 */
record Frontier(long position, long line, Counts counts, long rejectedBytes) {}
