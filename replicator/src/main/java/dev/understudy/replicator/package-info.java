/** The replicator as a service: what it waits for, what it runs, what it reports. */
@org.jspecify.annotations.NullMarked
package dev.understudy.replicator;
