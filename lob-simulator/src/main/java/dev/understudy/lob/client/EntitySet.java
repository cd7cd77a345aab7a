package dev.understudy.lob.client;

import java.util.UUID;
import java.util.function.Function;

/**
 * An entity set of the Web API and how its entities are read from and written to JSON. {@code
 * write} leaves out the key; {@code read} throws {@link IllegalArgumentException} on a field it
 * cannot use.
 */
public record EntitySet<T>(
        String name,
        String keyField,
        Function<T, UUID> key,
        Function<T, Body> write,
        Function<Fields, T> read) {

    String path(UUID id) {
        return name + "(" + id + ")";
    }
}
