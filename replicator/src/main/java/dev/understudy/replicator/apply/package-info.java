/** Batches of change events on their way into the store, and the reports on what became of them. */
@org.jspecify.annotations.NullMarked
package dev.understudy.replicator.apply;
