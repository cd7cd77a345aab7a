package dev.understudy.store.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The statements of a transaction. Those that are queued wait for each other, and go to the
 * database in their order and in one round trip; each sees what the ones before it did, and what
 * others had committed when it began. Bound to one thread.
 */
public final class Statements {
    /** What fits into the buffers between client and server, whatever the values are. */
    private static final int FEW_ELEMENTS = 500;

    private final Connection connection;
    private final List<Queued> queue = new ArrayList<>();
    private final List<Runnable> after = new ArrayList<>();

    /** Statements of a transaction that has been begun on this connection. */
    public Statements(Connection connection) {
        this.connection = connection;
    }

    /** Binds a statement's parameters. */
    @FunctionalInterface
    public interface Parameters {
        /**
         * Binds them all.
         *
         * @param first the index of the first one
         * @return the index behind the last one
         */
        int bind(Connection connection, PreparedStatement statement, int first) throws SQLException;
    }

    /** Reads what a statement returns. */
    @FunctionalInterface
    public interface Reading {
        void read(ResultSet rows) throws SQLException;
    }

    private record Queued(String sql, @Nullable Parameters parameters, @Nullable Reading reading) {}

    /** A statement without parameters, whose result nobody needs. */
    public void queue(String sql) {
        queue.add(new Queued(sql, null, null));
    }

    /** A statement whose result nobody needs. */
    public void queue(String sql, Parameters parameters) {
        queue.add(new Queued(sql, parameters, null));
    }

    /** A statement without parameters that returns rows. */
    public void queue(String sql, Reading reading) {
        queue.add(new Queued(sql, null, reading));
    }

    /** A statement that returns rows, which are read when all that is queued has run. */
    public void queue(String sql, Parameters parameters, Reading reading) {
        queue.add(new Queued(sql, parameters, reading));
    }

    /**
     * To be called before an array of so many elements is queued. If they are many, what is queued
     * runs first: while it is sent, nobody reads results, and each side could wait for the other.
     */
    public void makeRoomFor(int elements) throws SQLException {
        if (elements > FEW_ELEMENTS) {
            flush();
        }
    }

    /** What is done when all that is queued has run and all its results are read. */
    public void then(Runnable action) {
        after.add(action);
    }

    /** The connection, for a statement of its own: what is queued has run by then. */
    public Connection connection() throws SQLException {
        flush();
        return connection;
    }

    /** Runs what is queued, then reads its results in order. */
    public void flush() throws SQLException {
        List<Queued> all = List.copyOf(queue);
        List<Runnable> actions = List.copyOf(after);
        queue.clear();
        after.clear();
        if (!all.isEmpty()) {
            run(all);
        }
        actions.forEach(Runnable::run);
    }

    private void run(List<Queued> all) throws SQLException {
        String sql = all.stream().map(Queued::sql).collect(Collectors.joining(";\n"));
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            int index = 1;
            for (Queued each : all) {
                if (each.parameters() != null) {
                    index = each.parameters().bind(connection, statement, index);
                }
            }
            statement.execute();
            for (Queued each : all) {
                if (each.reading() != null) {
                    try (ResultSet rows = statement.getResultSet()) {
                        each.reading().read(rows);
                    }
                }
                statement.getMoreResults();
            }
        }
    }
}
