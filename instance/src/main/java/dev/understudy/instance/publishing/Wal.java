package dev.understudy.instance.publishing;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/**
 * What an owner's database has committed, in that order, from what was confirmed last; this
 * process's alone while it is open. Not thread-safe.
 */
interface Wal extends AutoCloseable {
    /** The next message, or none if there is none yet. */
    Optional<PgOutput> poll() throws SQLException;

    /** How long the server has sent nothing. */
    Duration silence();

    /** All before this LSN is in Kafka, and need not be streamed again. */
    void confirm(long lsn) throws SQLException;

    /**
     * Everything that was read is in Kafka, and nothing more is to be read now: whatever the server
     * has gone through besides, of no concern to us, is confirmed too.
     */
    void confirmIdle() throws SQLException;

    /** Reports what is confirmed, if that is possible, and gives the slot back. */
    @Override
    void close();
}
