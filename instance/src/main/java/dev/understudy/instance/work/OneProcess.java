package dev.understudy.instance.work;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Of several processes of one instance, the one that does some work: who holds a lock in the
 * database, which goes with the process. Not thread-safe.
 */
public final class OneProcess implements AutoCloseable {
    private static final String LOCK = "SELECT pg_try_advisory_lock(hashtextextended(?, 0))";
    private static final int ANSWER_SECONDS = 2;
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    private final DataSource dataSource;
    private final String work;
    private @Nullable Connection holding;
    private long lookedNs;

    /**
     * @param work what one of them does, such as {@code understudy.hydration}
     */
    public OneProcess(DataSource dataSource, String work) {
        this.dataSource = dataSource;
        this.work = work;
    }

    /** Whether it is this process, as of a second ago. */
    public boolean isHere() throws SQLException {
        if (holding != null) {
            if (System.nanoTime() - lookedNs < BETWEEN_LOOKS.toNanos()) {
                return true;
            }
            lookedNs = System.nanoTime();
            if (holding.isValid(ANSWER_SECONDS)) {
                return true;
            }
        }
        close();
        Connection connection = dataSource.getConnection();
        try (PreparedStatement lock = connection.prepareStatement(LOCK)) {
            lock.setString(1, work);
            try (ResultSet row = lock.executeQuery()) {
                if (row.next() && row.getBoolean(1)) {
                    holding = connection;
                    lookedNs = System.nanoTime();
                    return true;
                }
            }
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
        connection.close();
        return false;
    }

    @Override
    public void close() throws SQLException {
        if (holding != null) {
            Connection old = holding;
            holding = null;
            try (old;
                    PreparedStatement unlock =
                            old.prepareStatement("SELECT pg_advisory_unlock_all()")) {
                unlock.execute();
            }
        }
    }
}
