package dev.understudy.store.sql;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Text as the server reads it. */
final class Utf8 {
    /** Half of a surrogate pair, which no UTF-8 has: the server refuses it. */
    private static final byte[] NO_UNICODE = {(byte) 0xED, (byte) 0xA0, (byte) 0x80};

    private Utf8() {}

    /** The text's bytes; what is no Unicode is not replaced by a question mark. */
    static byte[] bytes(String text) {
        byte[] bytes = text.getBytes(UTF_8);
        for (byte each : bytes) {
            if (each == '?') {
                return isUnicode(text) ? bytes : NO_UNICODE.clone();
            }
        }
        return bytes;
    }

    private static boolean isUnicode(String text) {
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            if (Character.getType(text.codePointAt(i)) == Character.SURROGATE) {
                return false;
            }
        }
        return true;
    }
}
