package dev.understudy.lob.dataimport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file read byte by byte through a buffer, from any position. Not thread-safe. */
final class FileCursor implements AutoCloseable {

    static final int END = -1;

    private final FileChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocate(1 << 16).limit(0);
    private long bufferStart;

    FileCursor(Path file) throws IOException {
        channel = FileChannel.open(file, StandardOpenOption.READ);
    }

    long position() {
        return bufferStart + buffer.position();
    }

    void seek(long position) {
        long within = position - bufferStart;
        if (within >= 0 && within <= buffer.limit()) {
            buffer.position((int) within);
        } else {
            bufferStart = position;
            buffer.position(0).limit(0);
        }
    }

    /** The next byte, 0 to 255, or {@link #END}. */
    int read() throws IOException {
        if (!buffer.hasRemaining()) {
            bufferStart += buffer.limit();
            buffer.clear();
            int count = channel.read(buffer, bufferStart);
            buffer.flip();
            if (count <= 0) {
                return END;
            }
        }
        return buffer.get() & 0xff;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
