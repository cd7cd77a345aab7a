package dev.understudy.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class PortsTest {

    @Test
    void noFreePortIsGivenTwice() {
        assertThat(IntStream.range(0, 100).map(_ -> Ports.free()).distinct()).hasSize(100);
    }

    @Test
    void aGivenPortIsKept() {
        assertThat(Ports.orFree(18_080)).isEqualTo(18_080);
    }

    @Test
    void aTakenPortIsRefusedWithItsRemedy() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = socket.getLocalPort();
            assertThatThrownBy(() -> Ports.requireFree("kafka", port, "take another"))
                    .isInstanceOf(SandboxException.class)
                    .hasMessage(
                            "kafka: port " + port + " is taken by another process; take another");
        }
    }
}
