package dev.understudy.sandbox;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/** Ports on loopback: free ones, and whether a given one is taken. */
final class Ports {

    /**
     * Free ports come from below the range that systems take a client's own port from: a client
     * that retries while a part is down would else occupy the very port it connects to.
     */
    private static final int FIRST = 15_000;

    private static final int END = 32_000;
    private static final int ATTEMPTS = 1_000;
    private static final Set<Integer> GIVEN = new HashSet<>();

    private Ports() {}

    /** The given port, or a free one for 0, which no other caller in this JVM gets. */
    static int orFree(int port) {
        return port == 0 ? free() : port;
    }

    static synchronized int free() {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, END);
            if (!isTaken(port) && GIVEN.add(port)) {
                return port;
            }
        }
        throw new SandboxException("No free port was found from " + FIRST + " to " + END);
    }

    /**
     * Checks that nobody listens on a port.
     *
     * @param remedy what the reader can do about it
     */
    static void requireFree(String name, int port, String remedy) {
        if (isTaken(port)) {
            throw new SandboxException(
                    name + ": port " + port + " is taken by another process; " + remedy);
        }
    }

    static boolean isTaken(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort() != port;
        } catch (IOException _) {
            return true;
        }
    }
}
