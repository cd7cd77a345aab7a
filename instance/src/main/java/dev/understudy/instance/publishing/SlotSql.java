package dev.understudy.instance.publishing;

import dev.understudy.instance.publishing.EpochDecision.Epoch;
import dev.understudy.instance.publishing.EpochDecision.Server;
import dev.understudy.instance.publishing.EpochDecision.SlotState;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/**
 * The statements about one instance's replication slot, its empty publication and its epoch.
 *
 * @param slot the name of slot and publication
 */
record SlotSql(String slot) {
    /** PostgreSQL's limit. */
    private static final int MAX_NAME = 63;

    private static final String TABLES =
            """
            CREATE SCHEMA IF NOT EXISTS understudy;
            CREATE TABLE IF NOT EXISTS understudy.wal_schema (
                fingerprint bigint PRIMARY KEY,
                schema text NOT NULL);
            CREATE TABLE IF NOT EXISTS understudy.publisher_epoch (
                slot_name text PRIMARY KEY,
                epoch bigint NOT NULL,
                system_identifier text NOT NULL,
                timeline int NOT NULL,
                republish_pending boolean NOT NULL,
                since timestamptz NOT NULL DEFAULT now())
            """;
    private static final String SERVER =
            """
            SELECT system_identifier::text,
                   ('x' || left(pg_walfile_name(pg_current_wal_lsn()), 8))::bit(32)::int
            FROM pg_control_system()
            """;
    private static final String SLOT =
            """
            SELECT wal_status = 'lost', database = current_database(), plugin
            FROM pg_replication_slots WHERE slot_name = ?
            """;
    private static final String EPOCH =
            """
            SELECT epoch, system_identifier, timeline, republish_pending
            FROM understudy.publisher_epoch WHERE slot_name = ?
            """;
    private static final String SAVE_EPOCH =
            """
            INSERT INTO understudy.publisher_epoch AS present
                (slot_name, epoch, system_identifier, timeline, republish_pending)
            VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (slot_name) DO UPDATE SET
                epoch = excluded.epoch,
                system_identifier = excluded.system_identifier,
                timeline = excluded.timeline,
                republish_pending = excluded.republish_pending,
                since = now()
            """;
    private static final String CLEAR_PENDING =
            """
            UPDATE understudy.publisher_epoch SET republish_pending = false
            WHERE slot_name = ? AND epoch = ?
            """;
    private static final String RETAINED =
            """
            SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), restart_lsn)::bigint
            FROM pg_replication_slots WHERE slot_name = ?
            """;

    /** The names of an instance's slot and publication. */
    static SlotSql of(String instance) {
        String name = "understudy_" + instance.replace('-', '_');
        if (name.length() <= MAX_NAME) {
            return new SlotSql(name);
        }
        String hash = "_%08x".formatted(name.hashCode());
        return new SlotSql(name.substring(0, MAX_NAME - hash.length()) + hash);
    }

    boolean tryLock(Connection connection) throws SQLException {
        return row(connection, "SELECT pg_try_advisory_lock(hashtextextended(?, 0))::text")
                .map(Boolean::parseBoolean)
                .orElse(false);
    }

    void unlock(Connection connection) throws SQLException {
        row(connection, "SELECT pg_advisory_unlock(hashtextextended(?, 0))");
    }

    void createTables(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(TABLES);
        }
    }

    /** Empty: no row changes are streamed, only messages. Must be there before the slot. */
    void createPublication(Connection connection) throws SQLException {
        if (row(connection, "SELECT pubname FROM pg_publication WHERE pubname = ?").isEmpty()) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("CREATE PUBLICATION \"" + slot + "\"");
            }
        }
    }

    void createSlot(Connection connection) throws SQLException {
        row(connection, "SELECT pg_create_logical_replication_slot(?, 'pgoutput')::text");
    }

    void dropSlot(Connection connection) throws SQLException {
        row(connection, "SELECT pg_drop_replication_slot(?)::text");
    }

    SlotState slotState(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(SLOT)) {
            select.setString(1, slot);
            try (ResultSet rows = select.executeQuery()) {
                if (!rows.next()) {
                    return SlotState.ABSENT;
                }
                if (!rows.getBoolean(2) || !"pgoutput".equals(rows.getString(3))) {
                    throw new SQLException(
                            "the replication slot " + slot + " belongs to another database");
                }
                return rows.getBoolean(1) ? SlotState.LOST : SlotState.USABLE;
            }
        }
    }

    Server server(Connection connection) throws SQLException {
        try (Statement select = connection.createStatement();
                ResultSet rows = select.executeQuery(SERVER)) {
            rows.next();
            return new Server(rows.getString(1), rows.getInt(2));
        }
    }

    Optional<Epoch> epoch(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(EPOCH)) {
            select.setString(1, slot);
            try (ResultSet rows = select.executeQuery()) {
                if (!rows.next()) {
                    return Optional.empty();
                }
                Server server = new Server(rows.getString(2), rows.getInt(3));
                return Optional.of(new Epoch(rows.getLong(1), server, rows.getBoolean(4)));
            }
        }
    }

    void saveEpoch(Connection connection, Epoch epoch) throws SQLException {
        try (PreparedStatement save = connection.prepareStatement(SAVE_EPOCH)) {
            save.setString(1, slot);
            save.setLong(2, epoch.number());
            save.setString(3, epoch.server().systemIdentifier());
            save.setInt(4, epoch.server().timeline());
            save.setBoolean(5, epoch.republishPending());
            save.executeUpdate();
        }
    }

    void clearPending(Connection connection, long epoch) throws SQLException {
        try (PreparedStatement clear = connection.prepareStatement(CLEAR_PENDING)) {
            clear.setString(1, slot);
            clear.setLong(2, epoch);
            clear.executeUpdate();
        }
    }

    long retainedWalBytes(Connection connection) throws SQLException {
        return row(connection, RETAINED).map(Long::parseLong).orElse(0L);
    }

    /** Whether a slot may keep any amount of WAL. */
    boolean isWalUnbounded(Connection connection) throws SQLException {
        try (Statement select = connection.createStatement();
                ResultSet rows =
                        select.executeQuery("SELECT current_setting('max_slot_wal_keep_size')")) {
            return rows.next() && rows.getString(1).equals("-1");
        }
    }

    /** The server's process that streams from the slot now. */
    Optional<Integer> activeProcess(Connection connection) throws SQLException {
        return row(
                        connection,
                        "SELECT active_pid::text FROM pg_replication_slots WHERE slot_name = ?")
                .map(Integer::parseInt);
    }

    private Optional<String> row(Connection connection, String statement) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(statement)) {
            select.setString(1, slot);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next() ? Optional.ofNullable(rows.getString(1)) : Optional.empty();
            }
        }
    }
}
