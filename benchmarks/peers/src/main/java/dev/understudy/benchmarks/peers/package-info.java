/** What Kafka Connect needs to read our topics. */
@org.jspecify.annotations.NullMarked
package dev.understudy.benchmarks.peers;
