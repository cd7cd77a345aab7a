package dev.understudy.chaos.network;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Stands between a client and a server on loopback, and hands on what they say, as well as its line
 * does. Thread-safe.
 */
public final class Relay implements AutoCloseable {
    private static final int BACKLOG = 100;
    private static final int CONNECT_TIMEOUT_MS = 2_000;

    /** What its connections bear. */
    public enum Line {
        /** All, at once. */
        OPEN,
        /** Nothing: connections end, and new ones are closed. */
        CUT,
        /** A few kilobytes, each a moment late. */
        SLOW,
        /** Nothing, and nobody is told: what is sent is lost. */
        SILENT
    }

    private final String name;
    private final ServerSocket door;
    private final int serverPort;
    private final Set<Conversation> conversations = ConcurrentHashMap.newKeySet();
    private volatile Line line = Line.OPEN;

    private Relay(String name, ServerSocket door, int serverPort) {
        this.name = name;
        this.door = door;
        this.serverPort = serverPort;
    }

    /** Takes connections on a port of its own from now on; the server need not be there yet. */
    public static Relay to(String name, int serverPort) throws IOException {
        ServerSocket door = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
        Relay relay = new Relay(name, door, serverPort);
        Thread.ofVirtual().name("relay " + name).start(relay::run);
        return relay;
    }

    /** What it connects: {@code us → kafka}. */
    public String name() {
        return name;
    }

    /** Where it takes connections. */
    public int port() {
        return door.getLocalPort();
    }

    /**
     * From now on its line is like this. What was lost in silence cannot be made up for, so the end
     * of a silence ends the connections that there were.
     */
    public void becomes(Line next) {
        Line before = line;
        line = next;
        if (next == Line.CUT || before == Line.SILENT) {
            conversations.forEach(Conversation::end);
        }
    }

    private void run() {
        while (!door.isClosed()) {
            try {
                take(door.accept());
            } catch (IOException _) {
                // The next one may work; a closed door ends the loop.
            }
        }
    }

    private void take(Socket client) {
        if (line == Line.CUT) {
            Conversation.close(client);
            return;
        }
        Thread.ofVirtual().start(() -> connect(client));
    }

    /** A silent line takes the connection as well, and leads it to nobody. */
    private void connect(Socket client) {
        Socket server = new Socket();
        try {
            if (line != Line.SILENT) {
                server.connect(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), serverPort),
                        CONNECT_TIMEOUT_MS);
            }
        } catch (IOException _) {
            Conversation.close(client);
            return;
        }
        Conversation conversation =
                new Conversation(client, server, () -> line, conversations::remove);
        conversations.add(conversation);
        conversation.begin();
        if (line == Line.CUT) {
            conversation.end();
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
        conversations.forEach(Conversation::end);
    }
}
