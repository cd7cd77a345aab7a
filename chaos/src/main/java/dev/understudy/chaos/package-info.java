/** The {@code chaos} command: everything breaks, and the guarantees are judged. */
@org.jspecify.annotations.NullMarked
package dev.understudy.chaos;
