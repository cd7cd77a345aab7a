/** What the replicator takes in beside the sinks that people use today. */
@org.jspecify.annotations.NullMarked
package dev.understudy.benchmarks.replicator;
