/** What long-running commands show while they run. */
@org.jspecify.annotations.NullMarked
package dev.understudy.lob.terminal;
