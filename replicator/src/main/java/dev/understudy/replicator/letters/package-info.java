/** Dead letters after they were written: found, read, applied again or given up. */
@org.jspecify.annotations.NullMarked
package dev.understudy.replicator.letters;
