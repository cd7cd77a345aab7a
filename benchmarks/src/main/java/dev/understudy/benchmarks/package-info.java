/** The {@code bench} command: what the parts cost beside the limits of what they run on. */
@org.jspecify.annotations.NullMarked
package dev.understudy.benchmarks;
