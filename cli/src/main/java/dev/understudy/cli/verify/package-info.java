/** {@code understudy verify}: whether owner and replica agree, over HTTP, and the repair. */
@org.jspecify.annotations.NullMarked
package dev.understudy.cli.verify;
