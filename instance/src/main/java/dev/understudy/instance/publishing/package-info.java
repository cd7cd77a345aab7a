/** Change publishing: from committed writes, through the WAL, to Kafka. */
@org.jspecify.annotations.NullMarked
package dev.understudy.instance.publishing;
