package dev.understudy.instance.publishing;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import javax.net.SocketFactory;

/**
 * Sockets of a replication stream. The driver looks whether something has arrived by a read of one
 * millisecond; here that read ends at once if nothing has. Made by the driver, by its name.
 */
public final class StreamSockets extends SocketFactory {
    private static final int LOOK_MS = 1;

    @Override
    public Socket createSocket() {
        return new StreamSocket();
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        throw connected();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort)
            throws IOException {
        throw connected();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        throw connected();
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
            throws IOException {
        throw connected();
    }

    private static IOException connected() {
        return new IOException("the driver connects sockets by itself");
    }

    private static final class StreamSocket extends Socket {
        @Override
        public InputStream getInputStream() throws IOException {
            return new Arrivals(this, super.getInputStream());
        }
    }

    /** What has arrived. */
    private static final class Arrivals extends FilterInputStream {
        /** An end of the stream is seen by a read alone. */
        private static final long READ_NS = Duration.ofMillis(100).toNanos();

        private final SocketTimeoutException nothing =
                new SocketTimeoutException("nothing has arrived");
        private final Socket socket;
        private long readNs = System.nanoTime();

        Arrivals(Socket socket, InputStream in) {
            super(in);
            this.socket = socket;
        }

        @Override
        public int read() throws IOException {
            look();
            return super.read();
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            look();
            return super.read(bytes, offset, length);
        }

        private void look() throws IOException {
            if (socket.getSoTimeout() == LOOK_MS && in.available() == 0) {
                long nowNs = System.nanoTime();
                if (nowNs - readNs < READ_NS) {
                    throw nothing;
                }
                readNs = nowNs;
            }
        }
    }
}
