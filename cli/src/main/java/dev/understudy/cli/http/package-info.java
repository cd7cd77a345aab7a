/** How the command speaks with services that run. */
@org.jspecify.annotations.NullMarked
package dev.understudy.cli.http;
