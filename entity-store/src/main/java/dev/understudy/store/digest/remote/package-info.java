/**
 * The two ends of a digest's side that is reached over HTTP: what is asked and answered, as JSON.
 */
@org.jspecify.annotations.NullMarked
package dev.understudy.store.digest.remote;
