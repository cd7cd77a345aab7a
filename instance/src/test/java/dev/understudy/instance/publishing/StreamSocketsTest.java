package dev.understudy.instance.publishing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class StreamSocketsTest {
    private ServerSocket listening;
    private Socket server;
    private Socket client;
    private InputStream in;

    @BeforeEach
    void connect() throws IOException {
        listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        client = new StreamSockets().createSocket();
        client.connect(listening.getLocalSocketAddress());
        server = listening.accept();
        in = client.getInputStream();
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        server.close();
        listening.close();
    }

    @Test
    void aLookFindsNothing() throws IOException {
        client.setSoTimeout(1);

        assertThatThrownBy(() -> in.read(new byte[1])).isInstanceOf(SocketTimeoutException.class);
    }

    @Test
    void aLookFindsWhatHasArrived() throws IOException {
        client.setSoTimeout(1);
        server.getOutputStream().write(7);

        assertThat(found()).isEqualTo(7);
    }

    @Test
    void aLookFindsTheEndOfTheStream() throws IOException {
        client.setSoTimeout(1);
        server.close();

        assertThat(found()).isEqualTo(-1);
    }

    @Test
    void anyOtherReadWaits() throws Exception {
        client.setSoTimeout(30_000);
        Thread writer =
                Thread.ofPlatform()
                        .start(() -> {
                            try {
                                server.getOutputStream().write(7);
                            } catch (IOException _) {
                                // The read fails.
                            }
                        });

        assertThat(in.read()).isEqualTo(7);
        writer.join();
    }

    private int found() throws IOException {
        while (true) {
            try {
                return in.read();
            } catch (SocketTimeoutException _) {
                Thread.onSpinWait();
            }
        }
    }
}
