/** Reads whole topics beside the stream, and looks at things from time to time. */
@org.jspecify.annotations.NullMarked
package dev.understudy.replicator.follow;
