package dev.understudy.schemas.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.io.Decoder;
import org.apache.avro.util.Utf8;
import org.jspecify.annotations.Nullable;

/**
 * Avro's binary encoding out of an array, used again and again. Asks for no more memory than there
 * are bytes: a length that lies is found before it is believed.
 */
final class BytesDecoder extends Decoder {
    private static final int MAX_VARINT_BITS = 63;
    private static final char REPLACEMENT = '\uFFFD';

    /** An item may take no bytes at all; so many of a value's are believed. */
    private static final int EMPTY_ITEMS = 10_000;

    private ByteBuffer bytes = ByteBuffer.allocate(0).order(ByteOrder.LITTLE_ENDIAN);
    private long itemsLeft;

    /** Begins at a place in an array. */
    void reset(byte[] array, int from) {
        bytes = ByteBuffer.wrap(array).position(from).order(ByteOrder.LITTLE_ENDIAN);
        itemsLeft = (long) bytes.remaining() + EMPTY_ITEMS;
    }

    @Override
    public void readNull() {}

    @Override
    public boolean readBoolean() throws IOException {
        return need(1).get() == 1;
    }

    @Override
    public int readInt() throws IOException {
        long number = readLong();
        if (number != (int) number) {
            throw new AvroRuntimeException("not an int: " + number);
        }
        return (int) number;
    }

    @Override
    public long readLong() throws IOException {
        long number = 0;
        for (int shift = 0; shift <= MAX_VARINT_BITS; shift += 7) {
            byte next = need(1).get();
            number |= (next & 0x7FL) << shift;
            if (next >= 0) {
                return (number >>> 1) ^ -(number & 1);
            }
        }
        throw new AvroRuntimeException("a number of more than 64 bits");
    }

    @Override
    public float readFloat() throws IOException {
        return need(Float.BYTES).getFloat();
    }

    @Override
    public double readDouble() throws IOException {
        return need(Double.BYTES).getDouble();
    }

    @Override
    public Utf8 readString(@Nullable Utf8 old) throws IOException {
        return new Utf8(readString());
    }

    @Override
    public String readString() throws IOException {
        int length = length();
        String text = new String(bytes.array(), bytes.position(), length, UTF_8);
        if (text.indexOf(REPLACEMENT) >= 0) {
            // Unless it was sent as such, it stands for bytes that are no UTF-8.
            text = strict(bytes.slice(bytes.position(), length));
        }
        bytes.position(bytes.position() + length);
        return text;
    }

    @Override
    public void skipString() throws IOException {
        skipFixed(length());
    }

    @Override
    public ByteBuffer readBytes(@Nullable ByteBuffer old) throws IOException {
        byte[] read = new byte[length()];
        bytes.get(read);
        return ByteBuffer.wrap(read);
    }

    @Override
    public void skipBytes() throws IOException {
        skipFixed(length());
    }

    @Override
    public void readFixed(byte[] read, int start, int length) throws IOException {
        need(length).get(read, start, length);
    }

    @Override
    public void skipFixed(int length) throws IOException {
        need(length).position(bytes.position() + length);
    }

    @Override
    public int readEnum() throws IOException {
        return readInt();
    }

    @Override
    public long readArrayStart() throws IOException {
        long items = readLong();
        if (items < 0) {
            readLong();
            items = -items;
        }
        return believed(items);
    }

    @Override
    public long arrayNext() throws IOException {
        return readArrayStart();
    }

    @Override
    public long skipArray() throws IOException {
        long items = readLong();
        while (items < 0) {
            skipFixed(length());
            items = readLong();
        }
        return believed(items);
    }

    @Override
    public long readMapStart() throws IOException {
        return readArrayStart();
    }

    @Override
    public long mapNext() throws IOException {
        return readArrayStart();
    }

    @Override
    public long skipMap() throws IOException {
        return skipArray();
    }

    @Override
    public int readIndex() throws IOException {
        return readInt();
    }

    private static String strict(ByteBuffer utf8) throws CharacterCodingException {
        return UTF_8.newDecoder().decode(utf8).toString();
    }

    private long believed(long items) throws EOFException {
        if (items < 0 || items > itemsLeft) {
            throw new EOFException(
                    items + " items, " + bytes.remaining() + " bytes before the end");
        }
        itemsLeft -= items;
        return items;
    }

    private int length() throws IOException {
        long length = readLong();
        if (length < 0 || length > bytes.remaining()) {
            throw new EOFException(length + " bytes of " + bytes.remaining());
        }
        return (int) length;
    }

    private ByteBuffer need(int length) throws EOFException {
        if (length > bytes.remaining()) {
            throw new EOFException("the bytes end");
        }
        return bytes;
    }
}
