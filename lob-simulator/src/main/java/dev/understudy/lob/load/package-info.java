/** Drives both instances at a set rate and measures what comes back. */
@org.jspecify.annotations.NullMarked
package dev.understudy.lob.load;
