/** Reads of rows by conditions: typed queries, and their translation to SQL with bound values. */
@org.jspecify.annotations.NullMarked
package dev.understudy.store.query;
