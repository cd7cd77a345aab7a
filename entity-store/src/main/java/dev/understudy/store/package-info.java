/** The port of the entity store: what a write path and a replicator do with rows. */
@org.jspecify.annotations.NullMarked
package dev.understudy.store;
