package dev.understudy.instance.publishing;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.understudy.schemas.UnderstudyException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * One message of PostgreSQL's logical replication protocol, version 1, as its plug-in {@code
 * pgoutput} writes it. See "Logical Replication Message Formats" in PostgreSQL's manual.
 */
sealed interface PgOutput {
    /** PostgreSQL counts microseconds from here. */
    Instant POSTGRES_EPOCH = Instant.parse("2000-01-01T00:00:00Z");

    /**
     * A committed transaction starts.
     *
     * @param finalLsn the LSN of its commit
     */
    record Begin(long finalLsn, Instant committedAt, int transactionId) implements PgOutput {}

    /**
     * The transaction ends.
     *
     * @param commitLsn as in its {@link Begin}
     * @param endLsn what is confirmed once the transaction is dealt with
     */
    record Commit(long commitLsn, long endLsn, Instant committedAt) implements PgOutput {}

    /**
     * What {@code pg_logical_emit_message} wrote.
     *
     * @param transactional whether it belongs to the transaction around it
     */
    record Message(boolean transactional, long lsn, String prefix, ByteBuffer content)
            implements PgOutput {}

    /** A message that says nothing to a publisher: of a row, a relation, an origin, a type. */
    record Other(char tag) implements PgOutput {}

    /**
     * Reads one message from its first byte.
     *
     * @throws UnderstudyException if it is cut short
     */
    static PgOutput parse(ByteBuffer bytes) {
        try {
            char tag = (char) bytes.get();
            return switch (tag) {
                case 'B' -> new Begin(bytes.getLong(), instant(bytes.getLong()), bytes.getInt());
                case 'C' -> {
                    bytes.get(); // flags, unused
                    yield new Commit(bytes.getLong(), bytes.getLong(), instant(bytes.getLong()));
                }
                case 'M' ->
                        new Message(
                                (bytes.get() & 1) == 1,
                                bytes.getLong(),
                                text(bytes),
                                content(bytes));
                default -> new Other(tag);
            };
        } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
            throw new UnderstudyException(
                    UnderstudyException.Severity.RETRYABLE,
                    "a replication message of " + bytes.limit() + " bytes is cut short",
                    e);
        }
    }

    private static Instant instant(long micros) {
        return POSTGRES_EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    private static String text(ByteBuffer bytes) {
        int length = 0;
        while (bytes.get(bytes.position() + length) != 0) {
            length++;
        }
        byte[] text = new byte[length];
        bytes.get(text).get();
        return new String(text, UTF_8);
    }

    private static ByteBuffer content(ByteBuffer bytes) {
        int length = bytes.getInt();
        ByteBuffer content = bytes.slice(bytes.position(), length);
        bytes.position(bytes.position() + length);
        return content;
    }
}
