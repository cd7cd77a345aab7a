/** Types whose changes are published by schedule, not when they are written. */
@org.jspecify.annotations.NullMarked
package dev.understudy.instance.batch;
