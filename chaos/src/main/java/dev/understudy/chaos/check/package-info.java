/**
 * The guarantees, judged by SQL and consumers that know nothing of the code that has to keep them.
 */
@org.jspecify.annotations.NullMarked
package dev.understudy.chaos.check;
