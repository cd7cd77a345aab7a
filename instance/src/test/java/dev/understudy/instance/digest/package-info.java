/** Repairs beside other writers. */
@org.jspecify.annotations.NullMarked
package dev.understudy.instance.digest;
