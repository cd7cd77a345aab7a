/** Tests of what is done once an entity and all that it refers to are hydrated. */
@org.jspecify.annotations.NullMarked
package dev.understudy.instance.ready;
