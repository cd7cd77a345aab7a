/** What goes over HTTP comes out as it went in. */
@org.jspecify.annotations.NullMarked
package dev.understudy.store.digest.remote;
