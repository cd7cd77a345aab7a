/** Work that goes on beside requests. */
@org.jspecify.annotations.NullMarked
package dev.understudy.instance.work;
