/** Entity types as tables: names, columns and their types. */
@org.jspecify.annotations.NullMarked
package dev.understudy.store.table;
