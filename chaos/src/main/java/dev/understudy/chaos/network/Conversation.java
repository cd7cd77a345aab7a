package dev.understudy.chaos.network;

import dev.understudy.chaos.network.Relay.Line;
import dev.understudy.chaos.time.Polling;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** One connection through a {@link Relay}, both ways. */
final class Conversation {
    private static final int CHUNK_BYTES = 8_192;
    private static final Duration LATE = Duration.ofMillis(50);

    private final Socket client;
    private final Socket server;
    private final Supplier<Line> line;
    private final Consumer<Conversation> ended;

    Conversation(Socket client, Socket server, Supplier<Line> line, Consumer<Conversation> ended) {
        this.client = client;
        this.server = server;
        this.line = line;
        this.ended = ended;
    }

    void begin() {
        Thread.ofVirtual().start(() -> carry(client, server));
        if (server.isConnected()) {
            Thread.ofVirtual().start(() -> carry(server, client));
        }
    }

    private void carry(Socket from, Socket to) {
        byte[] chunk = new byte[CHUNK_BYTES];
        try {
            from.setTcpNoDelay(true);
            InputStream in = from.getInputStream();
            int count = in.read(chunk);
            while (count >= 0) {
                handOn(to, chunk, count);
                count = in.read(chunk);
            }
        } catch (IOException _) {
            // Either side has gone, or the line was cut.
        }
        end();
    }

    private void handOn(Socket to, byte[] chunk, int count) throws IOException {
        Line now = line.get();
        if (now == Line.SILENT || !to.isConnected()) {
            return;
        }
        if (now == Line.SLOW) {
            Polling.pause(LATE);
        }
        OutputStream out = to.getOutputStream();
        out.write(chunk, 0, count);
        out.flush();
    }

    void end() {
        close(client);
        close(server);
        ended.accept(this);
    }

    static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException _) {
            // Then it is closed.
        }
    }
}
