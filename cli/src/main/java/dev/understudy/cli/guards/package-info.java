/** {@code understudy guards}: what gives placeholders to any writer is put into a database. */
@org.jspecify.annotations.NullMarked
package dev.understudy.cli.guards;
