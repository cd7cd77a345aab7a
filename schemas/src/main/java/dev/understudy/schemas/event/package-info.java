/** The change event: its identity, order and headers, and its encoding as a Kafka record. */
@org.jspecify.annotations.NullMarked
package dev.understudy.schemas.event;
