/** The store on PostgreSQL. */
@org.jspecify.annotations.NullMarked
package dev.understudy.store.postgres;
