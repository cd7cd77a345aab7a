package dev.understudy.store.sql;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postgresql.copy.CopyIn;
import org.postgresql.util.ByteConverter;

/**
 * Values in PostgreSQL's binary wire format, which no setting of a session has a say in and which
 * costs neither side a parser. What no column can hold is written so that the server refuses it.
 */
public final class BinaryBuffer {
    private static final long DAYS_TO_2000 = 10_957;
    private static final long SECONDS_TO_2000 = DAYS_TO_2000 * 86_400;

    /** More than any timestamp of PostgreSQL's is away, and less than overflows in microseconds. */
    private static final long MAX_SECONDS = 9_223_372_000_000L;

    /** No column is declared with more digits; more of them would not fit the format either. */
    private static final int MAX_DIGITS = 1000;

    private static final BigDecimal TOO_LARGE = new BigDecimal(BigInteger.TEN.pow(MAX_DIGITS + 1));

    /** Of which every JVM can make an array. */
    private static final int MAX_CAPACITY = Integer.MAX_VALUE - 8;

    private ByteBuffer buffer;

    public BinaryBuffer(int capacity) {
        buffer = ByteBuffer.allocate(capacity);
    }

    public BinaryBuffer int2(int number) {
        room(Short.BYTES).putShort((short) number);
        return this;
    }

    public BinaryBuffer int4(int number) {
        room(Integer.BYTES).putInt(number);
        return this;
    }

    /** A value of the class that its field's type names, behind its length; null has none. */
    public BinaryBuffer value(@Nullable Object value) {
        switch (value) {
            case null -> int4(-1);
            case String text -> sized(Utf8.bytes(text));
            case UUID uuid ->
                    sized(2 * Long.BYTES)
                            .putLong(uuid.getMostSignificantBits())
                            .putLong(uuid.getLeastSignificantBits());
            case Long number -> int8(number);
            case Short number -> sized(Short.BYTES).putShort(number);
            case Double number -> sized(Double.BYTES).putDouble(number);
            case Boolean bool -> sized(1).put((byte) (bool ? 1 : 0));
            case BigDecimal number -> sized(ByteConverter.numeric(bounded(number)));
            case Instant moment -> int8(micros(moment));
            case LocalDateTime moment -> value(moment.toInstant(ZoneOffset.UTC));
            case LocalDate date -> sized(Integer.BYTES).putInt(days(date));
            case LocalTime time -> int8(time.toNanoOfDay() / 1000);
            case ByteBuffer bytes -> sized(bytes.remaining()).put(bytes.duplicate());
            case JsonNode document -> {
                byte[] text = Utf8.bytes(document.toString());
                sized(1 + text.length).put((byte) 1).put(text);
            }
            default -> throw new IllegalArgumentException("no column holds a " + value.getClass());
        }
        return this;
    }

    /** These, without a length. */
    BinaryBuffer bytes(byte[] bytes) {
        room(bytes.length).put(bytes);
        return this;
    }

    /** A part of another one, from one index to before another. */
    BinaryBuffer bytes(BinaryBuffer other, int from, int to) {
        room(to - from).put(other.buffer.array(), from, to - from);
        return this;
    }

    int size() {
        return buffer.position();
    }

    /** Sends what is here, and is empty then. */
    void drainTo(CopyIn copy) throws SQLException {
        copy.writeToCopy(buffer.array(), 0, buffer.position());
        buffer.clear();
    }

    /** Everything up to here. */
    public byte[] toBytes() {
        byte[] bytes = new byte[buffer.position()];
        buffer.get(0, bytes);
        return bytes;
    }

    /** Replaces a number that was written before. */
    BinaryBuffer int4At(int index, int number) {
        buffer.putInt(index, number);
        return this;
    }

    private void int8(long number) {
        sized(Long.BYTES).putLong(number);
    }

    private void sized(byte[] bytes) {
        sized(bytes.length).put(bytes);
    }

    private ByteBuffer sized(int length) {
        return room(Integer.BYTES + length).putInt(length);
    }

    private ByteBuffer room(int length) {
        if (buffer.remaining() < length) {
            int needed = Math.addExact(buffer.position(), length);
            long doubled = Math.min(MAX_CAPACITY, 2L * buffer.capacity());
            int capacity = (int) Math.max(needed, doubled);
            buffer = ByteBuffer.allocate(capacity).put(buffer.flip());
        }
        return buffer;
    }

    private static BigDecimal bounded(BigDecimal number) {
        return number.precision() - number.scale() > MAX_DIGITS ? TOO_LARGE : number;
    }

    /** Since 2000, to the microsecond below. The very ends of the range mean infinity. */
    private static long micros(Instant moment) {
        long seconds = moment.getEpochSecond() - SECONDS_TO_2000;
        if (Math.abs(seconds) > MAX_SECONDS) {
            return seconds > 0 ? Long.MAX_VALUE - 1 : Long.MIN_VALUE + 1;
        }
        return seconds * 1_000_000 + moment.getNano() / 1000;
    }

    private static int days(LocalDate date) {
        return Math.clamp(
                date.toEpochDay() - DAYS_TO_2000, Integer.MIN_VALUE + 1, Integer.MAX_VALUE - 1);
    }
}
