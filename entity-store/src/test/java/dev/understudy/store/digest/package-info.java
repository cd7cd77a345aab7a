/** What is decided about rows that differ. */
@org.jspecify.annotations.NullMarked
package dev.understudy.store.digest;
