/** Random entity types and random lives of their entities, run on the model and on PostgreSQL. */
@org.jspecify.annotations.NullMarked
package dev.understudy.store.history;
