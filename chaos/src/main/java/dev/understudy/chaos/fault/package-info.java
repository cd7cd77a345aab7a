/** What is broken, when, and how it is healed: chosen by a seed. */
@org.jspecify.annotations.NullMarked
package dev.understudy.chaos.fault;
