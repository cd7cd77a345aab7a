/** Tests of the store: one contract for the model and PostgreSQL, and what only PostgreSQL has. */
@org.jspecify.annotations.NullMarked
package dev.understudy.store;
