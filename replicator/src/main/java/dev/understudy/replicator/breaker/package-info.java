/** Stops the stream while a part it needs is away, and finds out when that part is back. */
@org.jspecify.annotations.NullMarked
package dev.understudy.replicator.breaker;
