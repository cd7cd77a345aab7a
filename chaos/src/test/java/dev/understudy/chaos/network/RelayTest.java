package dev.understudy.chaos.network;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.understudy.chaos.network.Relay.Line;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RelayTest {
    private static final int PATIENCE_MS = 30_000;
    private static final int SILENCE_MS = 300;

    private ServerSocket server;
    private Relay relay;

    @BeforeEach
    void open() throws IOException {
        server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::echo);
        relay = Relay.to("client → server", server.getLocalPort());
    }

    @AfterEach
    void close() throws IOException {
        relay.close();
        server.close();
    }

    private void echo() {
        while (!server.isClosed()) {
            try {
                Socket caller = server.accept();
                Thread.ofVirtual()
                        .start(() -> {
                            try (caller) {
                                caller.getInputStream().transferTo(caller.getOutputStream());
                            } catch (IOException _) {
                                // The caller has gone.
                            }
                        });
            } catch (IOException _) {
                // The test is over.
            }
        }
    }

    @Test
    void anOpenLineHandsOnBothWays() throws IOException {
        try (Socket client = connect()) {
            assertThat(ask(client, "hello")).isEqualTo("hello");
        }
    }

    @Test
    void aCutEndsConnectionsAndRefusesNewOnesUntilItIsOpen() throws IOException {
        try (Socket client = connect()) {
            ask(client, "hello");

            relay.becomes(Line.CUT);

            assertThatNothingIsAnswered(client);
            try (Socket late = connect()) {
                assertThatNothingIsAnswered(late);
            }
        }
        relay.becomes(Line.OPEN);
        try (Socket client = connect()) {
            assertThat(ask(client, "again")).isEqualTo("again");
        }
    }

    @Test
    void aSilentLineTakesConnectionsAndLosesWhatIsSent() throws IOException {
        try (Socket before = connect()) {
            ask(before, "hello");

            relay.becomes(Line.SILENT);

            try (Socket meanwhile = connect()) {
                for (Socket each : new Socket[] {before, meanwhile}) {
                    each.setSoTimeout(SILENCE_MS);
                    assertThatThrownBy(() -> ask(each, "lost"))
                            .isInstanceOf(SocketTimeoutException.class);
                }
                relay.becomes(Line.OPEN);
                assertThatNothingIsAnswered(before);
                assertThatNothingIsAnswered(meanwhile);
            }
        }
    }

    @Test
    void aSlowLineHandsOnAll() throws IOException {
        relay.becomes(Line.SLOW);
        try (Socket client = connect()) {
            assertThat(ask(client, "hello")).isEqualTo("hello");
        }
    }

    /** Its end is seen as an end, or as an error, whichever comes first. */
    private static void assertThatNothingIsAnswered(Socket client) throws IOException {
        client.setSoTimeout(PATIENCE_MS);
        try {
            assertThat(ask(client, "anybody?")).isEmpty();
        } catch (SocketTimeoutException e) {
            throw new AssertionError("the connection has not ended", e);
        } catch (IOException _) {
            // It has ended.
        }
    }

    private Socket connect() throws IOException {
        Socket client = new Socket(InetAddress.getLoopbackAddress(), relay.port());
        client.setSoTimeout(PATIENCE_MS);
        return client;
    }

    private static String ask(Socket client, String words) throws IOException {
        client.getOutputStream().write(words.getBytes(US_ASCII));
        return new String(client.getInputStream().readNBytes(words.length()), US_ASCII);
    }
}
