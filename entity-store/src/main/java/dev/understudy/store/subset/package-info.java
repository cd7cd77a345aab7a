/** Replicas of which a target keeps a part. */
@org.jspecify.annotations.NullMarked
package dev.understudy.store.subset;
