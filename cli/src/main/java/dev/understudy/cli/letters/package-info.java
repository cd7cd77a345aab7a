/** {@code understudy dead-letters}: what a replicator could not apply, and what is done with it. */
@org.jspecify.annotations.NullMarked
package dev.understudy.cli.letters;
