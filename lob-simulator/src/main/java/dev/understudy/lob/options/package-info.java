/** Options that several commands have. */
@org.jspecify.annotations.NullMarked
package dev.understudy.lob.options;
