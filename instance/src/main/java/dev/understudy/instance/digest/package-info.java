/** Digests of this instance's rows, and the repair of what a comparison found: {@code /admin}. */
@org.jspecify.annotations.NullMarked
package dev.understudy.instance.digest;
