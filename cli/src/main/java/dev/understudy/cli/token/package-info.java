/** {@code understudy token}. */
@org.jspecify.annotations.NullMarked
package dev.understudy.cli.token;
