/** Puts a user's own entities from a CSV or NDJSON file into an instance. */
@org.jspecify.annotations.NullMarked
package dev.understudy.lob.dataimport;
