/** Placeholders for tables that are not ours, by triggers: any writer in any language has them. */
@org.jspecify.annotations.NullMarked
package dev.understudy.store.guard;
