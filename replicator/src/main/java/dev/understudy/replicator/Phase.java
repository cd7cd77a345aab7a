package dev.understudy.replicator;

import org.apache.kafka.streams.KafkaStreams;

/** What a replication is at. */
sealed interface Phase {
    /** Something that it needs is not there yet. */
    record Waiting(String what, String why) implements Phase {}

    /** The stream runs, or is about to. */
    record Streaming(KafkaStreams.State state) implements Phase {}

    /** Over. */
    record Stopped() implements Phase {}
}
