/**
 * What is done once an entity and all that it refers to are hydrated: ready events, deferred steps.
 */
@org.jspecify.annotations.NullMarked
package dev.understudy.instance.ready;
