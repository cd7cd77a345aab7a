package dev.understudy.store.postgres;

import dev.understudy.store.sql.Statements;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Messages that go to the WAL at a transaction's end, in one statement. */
final class Emissions {
    private static final String EMIT =
            """
            SELECT count(pg_logical_emit_message(true, e.prefix, e.message))
            FROM unnest(?::text[], ?::bytea[]) AS e (prefix, message)
            """;

    private final List<Emission> emissions = new ArrayList<>();

    private record Emission(String prefix, ByteBuffer message) {}

    void add(String prefix, byte[] message) {
        emissions.add(new Emission(prefix, ByteBuffer.wrap(message)));
    }

    /** Those that were added since the last time. */
    void queue(Statements statements) {
        if (emissions.isEmpty()) {
            return;
        }
        List<Emission> all = List.copyOf(emissions);
        emissions.clear();
        statements.queue(
                EMIT,
                (connection, statement, first) -> {
                    Object[] prefixes = all.stream().map(Emission::prefix).toArray();
                    byte[][] messages =
                            all.stream().map(one -> one.message().array()).toArray(byte[][]::new);
                    statement.setArray(first, connection.createArrayOf("text", prefixes));
                    statement.setArray(first + 1, connection.createArrayOf("bytea", messages));
                    return first + 2;
                });
    }
}
