package dev.understudy.instance.snapshot;

import dev.understudy.instance.snapshot.Snapshot.Place;
import dev.understudy.instance.snapshot.Snapshot.Progress;
import dev.understudy.instance.snapshot.Snapshot.State;
import dev.understudy.store.StoreOptions;
import dev.understudy.store.sql.SqlFailure;
import dev.understudy.store.sql.SqlValues;
import dev.understudy.store.sql.Transactions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ThreadLocalRandom;
import javax.sql.DataSource;

/** The table of snapshots: what is asked for, and how far each is. Any process may use it. */
final class SnapshotLog {
    /** So many may run or wait. */
    static final int MOST_RUNNING = 10;

    private static final String LOCK =
            "SELECT pg_advisory_xact_lock(hashtextextended('understudy.snapshot', 0))";
    private static final String TABLE =
            """
            CREATE SCHEMA IF NOT EXISTS understudy;
            CREATE TABLE IF NOT EXISTS understudy.snapshot (
                id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                epoch bigint UNIQUE,
                types text[] NOT NULL,
                rows_per_second int NOT NULL,
                state text NOT NULL DEFAULT 'running',
                at_type int NOT NULL DEFAULT 0,
                after_key text,
                rows_done bigint NOT NULL DEFAULT 0,
                rows_total bigint NOT NULL,
                requested_at timestamptz NOT NULL DEFAULT now(),
                ended_at timestamptz)
            """;
    private static final String COLUMNS =
            """
            SELECT id, epoch, types, rows_per_second, at_type, after_key,
                state, rows_done, rows_total, requested_at, ended_at
            FROM understudy.snapshot\
            """;
    private static final String REQUEST =
            """
            INSERT INTO understudy.snapshot AS present (epoch, types, rows_per_second, rows_total)
            SELECT ?::bigint, ?::text[], ?::int, ?::bigint
            WHERE ?::bigint IS NOT NULL
                OR (SELECT count(*) FROM understudy.snapshot WHERE state = 'running') < ?
            ON CONFLICT (epoch) DO UPDATE SET
                types = excluded.types, rows_total = excluded.rows_total, state = 'running',
                at_type = 0, after_key = NULL, rows_done = 0, ended_at = NULL
            WHERE present.state <> 'running' RETURNING id
            """;
    private static final String CANCEL_EARLIER =
            """
            UPDATE understudy.snapshot SET state = 'cancelled', ended_at = now()
            WHERE state = 'running' AND epoch < ?
            """;

    /** What makes good for an epoch comes first. */
    private static final String NEXT =
            COLUMNS + " WHERE state = 'running' ORDER BY epoch IS NULL, id LIMIT 1";

    private static final String ONE = COLUMNS + " WHERE id = ?";
    private static final String LATEST = COLUMNS + " ORDER BY id DESC LIMIT ?";
    private static final String ADVANCE =
            """
            UPDATE understudy.snapshot SET at_type = ?, after_key = ?, rows_done = rows_done + ?
            WHERE id = ? AND state = 'running' AND rows_done = ?
            """;
    private static final String END =
            """
            UPDATE understudy.snapshot SET state = ?, ended_at = now()
            WHERE id = ? AND state = 'running'
            """;

    private final Transactions transactions;

    SnapshotLog(DataSource dataSource) {
        transactions =
                new Transactions(dataSource, StoreOptions.defaults(), ThreadLocalRandom::current);
    }

    /** Makes the table, if it is not there. */
    void create() {
        run(
                "make the table of snapshots",
                connection -> {
                    try (Statement statement = connection.createStatement()) {
                        statement.execute(LOCK);
                        return statement.execute(TABLE);
                    }
                });
    }

    /** Notes what is asked for; empty if too many run or wait. */
    Optional<Snapshot> request(List<String> types, int rowsPerSecond, long total) {
        return run(
                "ask for a snapshot",
                connection -> {
                    execute(connection, LOCK);
                    OptionalLong id =
                            insert(connection, OptionalLong.empty(), types, rowsPerSecond, total);
                    return id.isPresent() ? one(connection, id.getAsLong()) : Optional.empty();
                });
    }

    /** Notes that an epoch needs one of these types, now; those of earlier epochs end. */
    void requireForEpoch(long epoch, List<String> types, int rowsPerSecond, long total) {
        run(
                "ask for the snapshot of an epoch",
                connection -> {
                    try (PreparedStatement cancel = connection.prepareStatement(CANCEL_EARLIER)) {
                        cancel.setLong(1, epoch);
                        cancel.executeUpdate();
                    }
                    return insert(connection, OptionalLong.of(epoch), types, rowsPerSecond, total);
                });
    }

    /** The one to go on with. */
    Optional<Snapshot> next() {
        return run("read the next snapshot", connection -> first(connection, NEXT));
    }

    Optional<Snapshot> find(long id) {
        return run("read a snapshot", connection -> one(connection, id));
    }

    /** The last ones, from the newest. */
    List<Snapshot> latest(int limit) {
        return run("list snapshots", connection -> all(connection, LATEST, limit));
    }

    /** Notes more rows, unless it has ended or another process went on with it; says which. */
    boolean advance(Snapshot from, Place to, int rows) {
        return run(
                "note how far a snapshot is",
                connection -> {
                    try (PreparedStatement update = connection.prepareStatement(ADVANCE)) {
                        update.setInt(1, to.type());
                        update.setString(2, to.after().orElse(null));
                        update.setInt(3, rows);
                        update.setLong(4, from.id());
                        update.setLong(5, from.progress().rows());
                        return update.executeUpdate() == 1;
                    }
                });
    }

    /** Ends one that runs; says whether it did. */
    boolean end(long id, State state) {
        return run(
                "end a snapshot",
                connection -> {
                    try (PreparedStatement update = connection.prepareStatement(END)) {
                        update.setString(1, state.name().toLowerCase(Locale.ROOT));
                        update.setLong(2, id);
                        return update.executeUpdate() == 1;
                    }
                });
    }

    private <T> T run(String doing, Transactions.Work<T> work) {
        try {
            return transactions.run(doing, work);
        } catch (SQLException e) {
            throw SqlFailure.fault(doing, e);
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static OptionalLong insert(
            Connection connection,
            OptionalLong epoch,
            List<String> types,
            int rowsPerSecond,
            long total)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(REQUEST)) {
            Long number = epoch.isPresent() ? epoch.getAsLong() : null;
            insert.setObject(1, number, java.sql.Types.BIGINT);
            insert.setArray(2, connection.createArrayOf("text", types.toArray()));
            insert.setInt(3, rowsPerSecond);
            insert.setLong(4, total);
            insert.setObject(5, number, java.sql.Types.BIGINT);
            insert.setInt(6, MOST_RUNNING);
            try (ResultSet row = insert.executeQuery()) {
                return row.next() ? OptionalLong.of(row.getLong(1)) : OptionalLong.empty();
            }
        }
    }

    private static Optional<Snapshot> one(Connection connection, long id) throws SQLException {
        return all(connection, ONE, id).stream().findFirst();
    }

    private static Optional<Snapshot> first(Connection connection, String sql) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            return read(select).stream().findFirst();
        }
    }

    private static List<Snapshot> all(Connection connection, String sql, long parameter)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setLong(1, parameter);
            return read(select);
        }
    }

    private static List<Snapshot> read(PreparedStatement select) throws SQLException {
        List<Snapshot> snapshots = new ArrayList<>();
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                long epoch = row.getLong(2);
                OptionalLong of = row.wasNull() ? OptionalLong.empty() : OptionalLong.of(epoch);
                snapshots.add(
                        new Snapshot(
                                row.getLong(1),
                                of,
                                List.of((String[]) row.getArray(3).getArray()),
                                row.getInt(4),
                                new Place(row.getInt(5), Optional.ofNullable(row.getString(6))),
                                progress(row)));
            }
        }
        return snapshots;
    }

    private static Progress progress(ResultSet row) throws SQLException {
        return new Progress(
                State.valueOf(row.getString(7).toUpperCase(Locale.ROOT)),
                row.getLong(8),
                row.getLong(9),
                SqlValues.instant(row, 10),
                row.getTimestamp(11) == null
                        ? Optional.empty()
                        : Optional.of(SqlValues.instant(row, 11)));
    }
}
