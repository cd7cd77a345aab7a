/** Facts about parts of the store that need no database. */
@org.jspecify.annotations.NullMarked
package dev.understudy.store.postgres;
