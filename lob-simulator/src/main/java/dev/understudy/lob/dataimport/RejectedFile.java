package dev.understudy.lob.dataimport;

import dev.understudy.lob.dataimport.RawRow.Span;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The file beside the input, {@code FILE.rejected.csv} or {@code .ndjson}, with the rejected rows
 * as they were, each under a line that says why, and a CSV's header on top: once repaired, it can
 * be imported itself. There is none until a row is rejected.
 */
final class RejectedFile implements AutoCloseable {

    private final Path file;
    private final FileChannel input;
    private final Optional<Span> header;
    private @Nullable FileChannel output;

    /** Starts with the bytes of an earlier run; without any, an earlier file is put aside. */
    RejectedFile(ImportSettings settings, Optional<Span> header, long keptBytes)
            throws IOException {
        this.file = Path.of(settings.file() + ".rejected." + settings.format().extension());
        this.header = header;
        this.input = FileChannel.open(settings.file(), StandardOpenOption.READ);
        if (keptBytes > 0) {
            FileChannel kept = open();
            kept.truncate(keptBytes).position(kept.size());
        } else if (Files.exists(file)) {
            Files.move(file, Path.of(file + ".old"), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    Path path() {
        return file;
    }

    void add(Span row, Rejection rejection) throws IOException {
        FileChannel out = open();
        if (out.position() == 0 && header.isPresent()) {
            copy(header.get(), out);
        }
        String remark =
                "%sline %d: %s: %s"
                        .formatted(
                                Parsed.REJECTED_MARKER,
                                rejection.line(),
                                rejection.code(),
                                rejection.reason());
        // On one line, and no quote may open in it.
        write(remark.replaceAll("\\p{Cntrl}", " ").replace('"', '\'') + "\n", out);
        copy(row, out);
    }

    /** The size up to here, once it is safe on disk. */
    long safeBytes() throws IOException {
        if (output == null) {
            return 0;
        }
        output.force(true);
        return output.position();
    }

    private FileChannel open() throws IOException {
        if (output == null) {
            output = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        }
        return output;
    }

    private void copy(Span span, FileChannel out) throws IOException {
        long at = span.start();
        while (at < span.end()) {
            long copied = input.transferTo(at, span.end() - at, out);
            if (copied <= 0) {
                throw new IOException("the input became shorter while it was read");
            }
            at += copied;
        }
        ByteBuffer last = ByteBuffer.allocate(1);
        input.read(last, span.end() - 1);
        if (last.get(0) != '\n') {
            write("\n", out);
        }
    }

    private static void write(String text, FileChannel out) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            out.write(bytes);
        }
    }

    @Override
    public void close() throws IOException {
        input.close();
        if (output != null) {
            output.close();
        }
    }
}
