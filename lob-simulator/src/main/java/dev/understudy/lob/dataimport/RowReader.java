package dev.understudy.lob.dataimport;

import dev.understudy.lob.dataimport.RawRow.Bytes;
import dev.understudy.lob.dataimport.RawRow.Span;
import dev.understudy.lob.dataimport.RawRow.Unreadable;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * Takes a file apart into rows, which end with their line, or in CSV with the line on which their
 * last quote closes. A quote that is not closed within the longest row costs only the line on which
 * it opens. Holds one row in memory. Not thread-safe.
 */
final class RowReader implements AutoCloseable {

    private final FileCursor cursor;
    private final Quotes.Rules rules;
    private final int rowBytes;
    private long line = 1;

    RowReader(Path file, Format format, int rowBytes) throws IOException {
        this.cursor = new FileCursor(file);
        this.rules = Quotes.rules(format);
        this.rowBytes = rowBytes;
        skipByteOrderMark();
    }

    private void skipByteOrderMark() throws IOException {
        if (cursor.read() != 0xef || cursor.read() != 0xbb || cursor.read() != 0xbf) {
            cursor.seek(0);
        }
    }

    long position() {
        return cursor.position();
    }

    long line() {
        return line;
    }

    /** Continues at the start of a row. */
    void seek(long position, long lineNumber) {
        cursor.seek(position);
        line = lineNumber;
    }

    /** The next row, or empty at the end of the file. */
    Optional<RawRow> next() throws IOException {
        long start = cursor.position();
        long startLine = line;
        long firstLineEnd = -1;
        Quotes quotes = new Quotes(rules);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        while (true) {
            int next = cursor.read();
            if (next == FileCursor.END) {
                if (cursor.position() == start) {
                    return Optional.empty();
                }
                return Optional.of(
                        quotes.open()
                                ? unclosed(start, startLine, firstLineEnd)
                                : row(start, startLine, new Bytes(stripped(bytes))));
            }
            quotes.next(next);
            if (next == '\n') {
                line++;
                if (!quotes.open()) {
                    return Optional.of(row(start, startLine, new Bytes(stripped(bytes))));
                }
                if (firstLineEnd < 0) {
                    firstLineEnd = cursor.position();
                }
            }
            bytes.write(next);
            if (bytes.size() > rowBytes) {
                return Optional.of(
                        firstLineEnd >= 0
                                ? unclosed(start, startLine, firstLineEnd)
                                : tooLong(start, startLine));
            }
        }
    }

    private RawRow unclosed(long start, long startLine, long firstLineEnd) {
        if (firstLineEnd >= 0) {
            seek(firstLineEnd, startLine + 1);
        }
        return row(
                start,
                startLine,
                new Unreadable("UnclosedQuote", "a quote opens here and is not closed"));
    }

    private RawRow tooLong(long start, long startLine) throws IOException {
        int next = cursor.read();
        while (next != '\n' && next != FileCursor.END) {
            next = cursor.read();
        }
        line = startLine + 1;
        return row(
                start,
                startLine,
                new Unreadable(
                        "RowTooLong", "the line is longer than %d bytes".formatted(rowBytes)));
    }

    private RawRow row(long start, long startLine, RawRow.Content content) {
        return new RawRow(new Span(start, cursor.position(), startLine, line), content);
    }

    private static byte[] stripped(ByteArrayOutputStream bytes) {
        byte[] row = bytes.toByteArray();
        boolean carriageReturn = row.length > 0 && row[row.length - 1] == '\r';
        return carriageReturn ? Arrays.copyOf(row, row.length - 1) : row;
    }

    @Override
    public void close() throws IOException {
        cursor.close();
    }
}
