/** Schemas that change while events flow. */
@org.jspecify.annotations.NullMarked
package dev.understudy.replicator.schema;
