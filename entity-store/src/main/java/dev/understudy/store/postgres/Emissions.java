package dev.understudy.store.postgres;

import dev.understudy.schemas.model.EntityType;
import dev.understudy.store.EntityRow;
import dev.understudy.store.PublishedContent;
import dev.understudy.store.install.KnownSchemas;
import dev.understudy.store.sql.LostRaceException;
import dev.understudy.store.sql.Statements;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Messages that go to the WAL at a transaction's end, in one statement. */
final class Emissions {
    /**
     * Nothing, if the content of any was made by another schema than is installed. Looks after the
     * rows were written: whoever adds columns waits for this transaction, or came before it.
     */
    private static final String EMIT =
            """
            SELECT count(pg_logical_emit_message(true, e.prefix, e.message))
            FROM unnest(?::text[], ?::bytea[]) AS e (prefix, message)
            WHERE NOT EXISTS (
                SELECT FROM unnest(?::text[], ?::text[]) AS s (full_name, fingerprint)
                JOIN "understudy"."entity_type" AS t USING (full_name)
                WHERE t."fingerprint" <> s.fingerprint)
            """;

    /** The same of one message with content of one schema, which is what most transactions have. */
    private static final String EMIT_ONE =
            """
            SELECT count(pg_logical_emit_message(true, ?::text, ?::bytea))
            WHERE NOT EXISTS (
                SELECT FROM "understudy"."entity_type"
                WHERE "full_name" = ?::text AND "fingerprint" <> ?::text)
            """;

    private final KnownSchemas schemas;
    private final InstalledContents contents;
    private final List<Emission> emissions = new ArrayList<>();
    private final Set<MadeBy> madeBy = new LinkedHashSet<>();

    private record Emission(String prefix, ByteBuffer message) {}

    /** The schema by which an emission's content was made. */
    private record MadeBy(String type, String fingerprint) {}

    Emissions(KnownSchemas schemas) {
        this.schemas = schemas;
        this.contents = new InstalledContents(schemas);
    }

    /** What is to be told of a row that the transaction has saved or locked. */
    PublishedContent contentOf(
            Statements statements, EntityRow row, Predicate<EntityType> mayBeTold)
            throws SQLException {
        return contents.of(statements, row, mayBeTold);
    }

    void add(String prefix, byte[] message) {
        emissions.add(new Emission(prefix, ByteBuffer.wrap(message)));
    }

    void add(String prefix, byte[] message, PublishedContent content) {
        add(prefix, message);
        madeBy.add(new MadeBy(content.content().type().fullName(), content.schema()));
    }

    /** Those that were added since the last time. */
    void queue(Statements statements) {
        if (emissions.isEmpty()) {
            return;
        }
        List<Emission> all = List.copyOf(emissions);
        List<MadeBy> by = List.copyOf(madeBy);
        emissions.clear();
        madeBy.clear();
        List<Long> emitted = new ArrayList<>();
        boolean isOne = all.size() == 1 && by.size() == 1;
        statements.queue(
                isOne ? EMIT_ONE : EMIT,
                (connection, statement, first) ->
                        isOne
                                ? bind(statement, first, all.getFirst(), by.getFirst())
                                : bind(connection, statement, first, all, by),
                result -> {
                    result.next();
                    emitted.add(result.getLong(1));
                });
        statements.then(() -> {
            if (emitted.getFirst() < all.size()) {
                schemas.outdated(by.stream().map(MadeBy::type).toList());
                throw new LostRaceException("a newer schema was installed", null);
            }
        });
    }

    private static int bind(PreparedStatement statement, int first, Emission one, MadeBy by)
            throws SQLException {
        statement.setString(first, one.prefix());
        statement.setBytes(first + 1, one.message().array());
        statement.setString(first + 2, by.type());
        statement.setString(first + 3, by.fingerprint());
        return first + 4;
    }

    private static int bind(
            Connection connection,
            PreparedStatement statement,
            int first,
            List<Emission> all,
            List<MadeBy> by)
            throws SQLException {
        byte[][] messages = all.stream().map(one -> one.message().array()).toArray(byte[][]::new);
        Object[] prefixes = all.stream().map(Emission::prefix).toArray();
        Object[] types = by.stream().map(MadeBy::type).toArray();
        Object[] fingerprints = by.stream().map(MadeBy::fingerprint).toArray();
        statement.setArray(first, connection.createArrayOf("text", prefixes));
        statement.setArray(first + 1, connection.createArrayOf("bytea", messages));
        statement.setArray(first + 2, connection.createArrayOf("text", types));
        statement.setArray(first + 3, connection.createArrayOf("text", fingerprints));
        return first + 4;
    }
}
