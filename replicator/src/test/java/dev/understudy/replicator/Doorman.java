package dev.understudy.replicator;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands at the port of a database that is away, sends everybody off, and counts them. */
final class Doorman implements AutoCloseable {
    private static final int ENCRYPTION_REQUEST_BYTES = 8;

    final AtomicInteger callers = new AtomicInteger();
    private final ServerSocket door;

    Doorman(String jdbcUrl) throws IOException {
        int port = URI.create(jdbcUrl.substring("jdbc:".length())).getPort();
        door = new ServerSocket();
        door.setReuseAddress(true);
        door.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        Thread.ofPlatform().daemon().name("doorman").start(this::run);
    }

    private void run() {
        while (true) {
            try (Socket caller = door.accept()) {
                callers.incrementAndGet();
                sendOff(caller);
            } catch (IOException _) {
                if (door.isClosed()) {
                    return;
                }
            }
        }
    }

    /** No, not encrypted either; or the driver tries again in another way. */
    private static void sendOff(Socket caller) throws IOException {
        caller.setSoTimeout(1000);
        DataInputStream in = new DataInputStream(caller.getInputStream());
        while (in.readInt() == ENCRYPTION_REQUEST_BYTES) {
            in.skipNBytes(ENCRYPTION_REQUEST_BYTES - Integer.BYTES);
            caller.getOutputStream().write('N');
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
    }
}
