/** Up to which time of its owner's a replica has everything. */
@org.jspecify.annotations.NullMarked
package dev.understudy.replicator.completeness;
