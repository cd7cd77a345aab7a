package dev.understudy.instance.publishing;

import dev.understudy.instance.publishing.PublishingSettings.Database;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.postgresql.PGConnection;
import org.postgresql.PGProperty;
import org.postgresql.replication.LogSequenceNumber;
import org.postgresql.replication.PGReplicationStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The stream of a replication slot. */
final class WalStream implements Wal {
    private static final Logger LOG = LoggerFactory.getLogger(WalStream.class);
    private static final String OBJECT_IN_USE = "55006";

    /** Also the driver's bound on one read, so not too small. */
    private static final Duration DRIVER_STATUS = Duration.ofSeconds(5);

    private static final long STATUS_NS = Duration.ofMillis(200).toNanos();
    private static final long IDLE_STATUS_NS = Duration.ofSeconds(1).toNanos();

    private final Connection connection;
    private final PGReplicationStream stream;
    private long confirmedLsn;
    private long reportedLsn;
    private long reportedNs = System.nanoTime();
    private long heardNs = System.nanoTime();
    private long heardLsn;

    private WalStream(Connection connection, PGReplicationStream stream) {
        this.connection = connection;
        this.stream = stream;
    }

    /**
     * Starts to stream from where the slot was confirmed last.
     *
     * @param silence after which the server drops a client that does not answer
     * @return empty if another process streams from the slot
     */
    static Optional<WalStream> open(Database database, String slot, Duration silence)
            throws SQLException {
        Connection connection =
                DriverManager.getConnection(database.jdbcUrl(), properties(database, silence));
        try {
            PGReplicationStream stream =
                    connection
                            .unwrap(PGConnection.class)
                            .getReplicationAPI()
                            .replicationStream()
                            .logical()
                            .withSlotName(slot)
                            .withSlotOption("proto_version", 1)
                            .withSlotOption("publication_names", slot)
                            .withSlotOption("messages", true)
                            .withStatusInterval(
                                    (int) DRIVER_STATUS.toMillis(), TimeUnit.MILLISECONDS)
                            // The driver's own way confirms what Kafka does not have yet.
                            .withAutomaticFlush(false)
                            .start();
            return Optional.of(new WalStream(connection, stream));
        } catch (SQLException e) {
            connection.close();
            if (OBJECT_IN_USE.equals(e.getSQLState())) {
                return Optional.empty();
            }
            throw e;
        } catch (RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    /** The server's process that streams. */
    int serverProcess() throws SQLException {
        return connection.unwrap(PGConnection.class).getBackendPID();
    }

    /**
     * Waits for none. A stream that the server ended without a word looks the same to the driver,
     * until a status cannot be sent.
     */
    @Override
    public Optional<PgOutput> poll() throws SQLException {
        ByteBuffer payload = stream.readPending();
        if (payload == null && stream.isClosed()) {
            throw new SQLException("the server has ended the replication stream");
        }
        long receivedLsn = stream.getLastReceiveLSN().asLong();
        if (payload != null || receivedLsn != heardLsn) {
            heardLsn = receivedLsn;
            heardNs = System.nanoTime();
        }
        return Optional.ofNullable(payload).map(PgOutput::parse);
    }

    @Override
    public Duration silence() {
        return Duration.ofNanos(System.nanoTime() - heardNs);
    }

    @Override
    public void confirm(long lsn) throws SQLException {
        advance(lsn);
        if (System.nanoTime() - reportedNs > STATUS_NS) {
            report();
        }
    }

    @Override
    public void confirmIdle() throws SQLException {
        advance(stream.getLastReceiveLSN().asLong());
        long quietNs = System.nanoTime() - reportedNs;
        if (quietNs > IDLE_STATUS_NS || (confirmedLsn != reportedLsn && quietNs > STATUS_NS)) {
            report();
        }
    }

    private void advance(long lsn) {
        if (Long.compareUnsigned(lsn, confirmedLsn) > 0) {
            confirmedLsn = lsn;
            stream.setFlushedLSN(LogSequenceNumber.valueOf(lsn));
            stream.setAppliedLSN(LogSequenceNumber.valueOf(lsn));
        }
    }

    /** Also makes the server say how far it is. */
    private void report() throws SQLException {
        stream.forceUpdateStatus();
        reportedLsn = confirmedLsn;
        reportedNs = System.nanoTime();
    }

    @Override
    public void close() {
        try {
            report();
        } catch (SQLException e) {
            LOG.debug("The last status of the replication stream was not sent", e);
        }
        try {
            connection.abort(Runnable::run);
        } catch (SQLException e) {
            LOG.debug("The replication connection was not closed", e);
        }
    }

    private static Properties properties(Database database, Duration silence) {
        Properties properties = new Properties();
        PGProperty.USER.set(properties, database.user());
        PGProperty.PASSWORD.set(properties, database.password());
        PGProperty.REPLICATION.set(properties, "database");
        PGProperty.ASSUME_MIN_SERVER_VERSION.set(properties, "16");
        PGProperty.PREFER_QUERY_MODE.set(properties, "simple");
        PGProperty.APPLICATION_NAME.set(properties, "understudy publisher");
        PGProperty.OPTIONS.set(properties, "-c wal_sender_timeout=" + silence.toMillis());
        PGProperty.TCP_KEEP_ALIVE.set(properties, true);
        PGProperty.CONNECT_TIMEOUT.set(properties, 10);
        PGProperty.SOCKET_TIMEOUT.set(properties, 30);
        PGProperty.SOCKET_FACTORY.set(properties, StreamSockets.class.getName());
        return properties;
    }
}
