/** What is asked for, when, and in which words. */
@org.jspecify.annotations.NullMarked
package dev.understudy.instance.hydration;
