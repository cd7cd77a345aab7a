package dev.understudy.lob.dataimport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RowReaderTest {

    private static final Format CSV = new Format.Csv(',');
    private static final Format NDJSON = new Format.Ndjson();

    @TempDir private Path directory;

    @Test
    void rowsEndWithTheirLines() {
        assertThat(rows("a\nb\r\n\nc", NDJSON, 10)).containsExactly("1 a", "2 b", "3 ", "4 c");
        assertThat(rows("", NDJSON, 10)).isEmpty();
    }

    @Test
    void aByteOrderMarkIsNoData() {
        assertThat(rows("\ufeffa\n", NDJSON, 10)).containsExactly("1 a");
    }

    @Test
    void aQuotedFieldMaySpanLines() {
        assertThat(rows("a,\"b\nc\"\"\",d\ne", CSV, 100))
                .containsExactly("1 a,\"b\nc\"\"\",d", "3 e");
    }

    @Test
    void aQuoteInsideAFieldOpensNothing() {
        assertThat(rows("5\" pipe,x\ny", CSV, 100)).containsExactly("1 5\" pipe,x", "2 y");
        assertThat(rows("{\"a\": \"\n\"}", NDJSON, 100)).containsExactly("1 {\"a\": \"", "2 \"}");
    }

    @Test
    void anUnclosedQuoteCostsOneLine() {
        assertThat(rows("a,\"b\nc\nd", CSV, 100)).containsExactly("1 UnclosedQuote", "2 c", "3 d");
        assertThat(rows("a,\"b\n" + "c\n".repeat(100) + "d,\"e\"\n", CSV, 20))
                .startsWith("1 UnclosedQuote", "2 c")
                .endsWith("101 c", "102 d,\"e\"");
        assertThat(rows("a\n\"b", CSV, 100)).containsExactly("1 a", "2 UnclosedQuote");
    }

    @Test
    void aLineThatIsTooLongIsSkipped() {
        assertThat(rows("a\n" + "b".repeat(200_000) + "\nc\n", NDJSON, 10))
                .containsExactly("1 a", "2 RowTooLong", "3 c");
        assertThat(rows("a\n" + "b".repeat(11), NDJSON, 10)).containsExactly("1 a", "2 RowTooLong");
        assertThat(rows("b".repeat(10) + "\nc", NDJSON, 10)).containsExactly("1 bbbbbbbbbb", "2 c");
    }

    private List<String> rows(String text, Format format, int rowBytes) {
        Path file = directory.resolve("rows");
        List<String> rows = new ArrayList<>();
        try {
            Files.writeString(file, text);
            try (RowReader reader = new RowReader(file, format, rowBytes)) {
                Optional<RawRow> row = reader.next();
                while (row.isPresent()) {
                    rows.add(row.get().span().line() + " " + content(row.get()));
                    row = reader.next();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return rows;
    }

    private static String content(RawRow row) {
        return switch (row.content()) {
            case RawRow.Bytes(byte[] bytes) -> new String(bytes, StandardCharsets.UTF_8);
            case RawRow.Unreadable(String code, _) -> code;
        };
    }
}
