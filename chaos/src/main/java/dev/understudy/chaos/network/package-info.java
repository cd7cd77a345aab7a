/** Connections that can be cut, slowed and left half-open. */
@org.jspecify.annotations.NullMarked
package dev.understudy.chaos.network;
