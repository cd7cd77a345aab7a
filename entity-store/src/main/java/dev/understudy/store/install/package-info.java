/** Brings the tables of a catalog into a database, and onto newer schemas. */
@org.jspecify.annotations.NullMarked
package dev.understudy.store.install;
