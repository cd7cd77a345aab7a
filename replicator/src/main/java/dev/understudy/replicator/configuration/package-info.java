/** The validated configuration of a replicator. */
@org.jspecify.annotations.NullMarked
package dev.understudy.replicator.configuration;
