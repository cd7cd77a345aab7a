/**
 * Whether a replica is what its owner has, seen by SQL that knows nothing of the code that made it.
 */
@org.jspecify.annotations.NullMarked
package dev.understudy.system.comparison;
