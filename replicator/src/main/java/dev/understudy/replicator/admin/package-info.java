/** The administration of a replicator over HTTP, on loopback. */
@org.jspecify.annotations.NullMarked
package dev.understudy.replicator.admin;
