package dev.understudy.schemas.event;

import java.nio.ByteBuffer;

/** Confluent's wire format: a zero, the schema's ID, and what Avro makes of the value. */
public final class WireFormat {
    /** What is in front of the value. */
    public static final int HEAD_BYTES = 1 + Integer.BYTES;

    private WireFormat() {}

    /** Whether there is such a head. */
    public static boolean isSpoken(byte[] value) {
        return value.length >= HEAD_BYTES && value[0] == 0;
    }

    /** The schema's ID, of a value that has a head. */
    public static int schemaId(byte[] value) {
        return ByteBuffer.wrap(value, 1, Integer.BYTES).getInt();
    }

    /** The head of values of this schema. */
    public static byte[] head(int schemaId) {
        return ByteBuffer.allocate(HEAD_BYTES).put((byte) 0).putInt(schemaId).array();
    }
}
