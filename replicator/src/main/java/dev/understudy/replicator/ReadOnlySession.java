package dev.understudy.replicator;

import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;

/** A session that was opened while the database was read-only may stay so; it is not kept. */
final class ReadOnlySession implements SQLExceptionOverride {
    private static final String READ_ONLY = "25006";

    @java.lang.Override
    public Override adjudicate(SQLException failure) {
        return READ_ONLY.equals(failure.getSQLState())
                ? Override.MUST_EVICT
                : Override.CONTINUE_EVICT;
    }
}
