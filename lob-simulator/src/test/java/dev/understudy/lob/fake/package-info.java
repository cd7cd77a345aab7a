/** An in-memory instance behind real HTTP, for tests of what talks to instances. */
@org.jspecify.annotations.NullMarked
package dev.understudy.lob.fake;
