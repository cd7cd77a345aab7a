/** The Kafka Streams topology, and offsets that follow the database. */
@org.jspecify.annotations.NullMarked
package dev.understudy.replicator.stream;
