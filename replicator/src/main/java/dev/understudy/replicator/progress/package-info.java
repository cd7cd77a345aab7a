/** How a replication catches up with what is in Kafka: what is left, how fast, until when. */
@org.jspecify.annotations.NullMarked
package dev.understudy.replicator.progress;
