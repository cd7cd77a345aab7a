/** Removes deletion markers that nobody needs any more, and remembers what makes that safe. */
@org.jspecify.annotations.NullMarked
package dev.understudy.store.purge;
