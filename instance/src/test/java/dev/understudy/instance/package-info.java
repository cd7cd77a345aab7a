/** Fakes of what an instance is built on. */
@org.jspecify.annotations.NullMarked
package dev.understudy.instance;
