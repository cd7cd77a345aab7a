package dev.understudy.lob.dataimport;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Turns a row's bytes into an entity. Not thread-safe. */
final class RowParser {

    /** Reads a row's text in one format. */
    interface Fields {
        Parsed.Entity read(String text) throws BadRow;
    }

    private final Fields fields;

    RowParser(Fields fields) {
        this.fields = fields;
    }

    Parsed parse(RawRow row) {
        try {
            String text = text(row);
            if (text.isBlank() || text.startsWith(Parsed.REJECTED_MARKER)) {
                return new Parsed.Nothing();
            }
            return fields.read(text);
        } catch (BadRow bad) {
            return bad.parsed();
        }
    }

    /** The row's text, which is UTF-8 without NUL. */
    static String text(RawRow row) throws BadRow {
        return switch (row.content()) {
            case RawRow.Unreadable(String code, String reason) -> throw new BadRow(code, reason);
            case RawRow.Bytes(byte[] bytes) -> requireNoNul(decoded(bytes));
        };
    }

    private static String decoded(byte[] bytes) throws BadRow {
        CharsetDecoder decoder =
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        CoderResult result = decoder.decode(in, out, true);
        if (result.isError()) {
            throw new BadRow(
                    "InvalidUtf8",
                    "byte %d of the row (0x%02x) is not UTF-8"
                            .formatted(in.position() + 1, bytes[in.position()]));
        }
        return out.flip().toString();
    }

    private static String requireNoNul(String text) throws BadRow {
        int nul = text.indexOf('\0');
        if (nul >= 0) {
            throw new BadRow("NulCharacter", "character %d of the row is NUL".formatted(nul + 1));
        }
        return text;
    }
}
