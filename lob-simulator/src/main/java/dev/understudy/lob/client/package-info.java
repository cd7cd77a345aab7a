/** The client of an instance's Web API: typed reads and writes, bounded bulk submission. */
@org.jspecify.annotations.NullMarked
package dev.understudy.lob.client;
