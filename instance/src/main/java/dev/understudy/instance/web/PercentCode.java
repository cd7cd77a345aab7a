package dev.understudy.instance.web;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Percent-encoding of RFC 3986, in UTF-8; a plus sign is a plus sign. */
final class PercentCode {
    private static final String UNRESERVED = "-._~";

    private PercentCode() {}

    /**
     * The text of one raw path segment or query value.
     *
     * @throws IllegalArgumentException if it is malformed
     */
    static String decode(String raw) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(raw.length());
        byte[] encoded = raw.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < encoded.length; i++) {
            if (encoded[i] != '%') {
                bytes.write(encoded[i]);
            } else if (i + 2 < encoded.length
                    && HexFormat.isHexDigit(encoded[i + 1])
                    && HexFormat.isHexDigit(encoded[i + 2])) {
                bytes.write(
                        HexFormat.fromHexDigit(encoded[i + 1]) << 4
                                | HexFormat.fromHexDigit(encoded[i + 2]));
                i += 2;
            } else {
                throw new IllegalArgumentException("'%' is not followed by two hex digits");
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("the percent-encoded bytes are not UTF-8", e);
        }
    }

    static String encode(String text) {
        StringBuilder encoded = new StringBuilder(text.length() + 16);
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (octet & 0xFF);
            boolean plain =
                    (c >= 'a' && c <= 'z')
                            || (c >= 'A' && c <= 'Z')
                            || (c >= '0' && c <= '9')
                            || UNRESERVED.indexOf(c) >= 0;
            if (plain) {
                encoded.append(c);
            } else {
                encoded.append('%').append(HexFormat.of().withUpperCase().toHexDigits(octet));
            }
        }
        return encoded.toString();
    }
}
