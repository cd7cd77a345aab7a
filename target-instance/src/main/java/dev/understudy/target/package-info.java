/** The target instance as a process. */
@org.jspecify.annotations.NullMarked
package dev.understudy.target;
