/** The entity store beside hand-written upserts into the same table. */
@org.jspecify.annotations.NullMarked
package dev.understudy.benchmarks.store;
