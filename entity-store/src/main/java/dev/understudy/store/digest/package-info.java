/** Proves that owner and replica agree, or names every row on which they do not. */
@org.jspecify.annotations.NullMarked
package dev.understudy.store.digest;
