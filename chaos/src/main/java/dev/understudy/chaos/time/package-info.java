/** Waiting, with deadlines. */
@org.jspecify.annotations.NullMarked
package dev.understudy.chaos.time;
