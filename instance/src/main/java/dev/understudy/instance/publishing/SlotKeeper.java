package dev.understudy.instance.publishing;

import dev.understudy.instance.publishing.EpochDecision.Epoch;
import dev.understudy.instance.publishing.EpochDecision.SlotState;
import dev.understudy.schemas.UnderstudyException;
import dev.understudy.schemas.model.EntityType;
import dev.understudy.store.sql.SqlFailure;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the replication slot, and the epoch that says since when its LSNs are in one order. Any
 * number of processes may use it at once.
 */
final class SlotKeeper {
    private static final Logger LOG = LoggerFactory.getLogger(SlotKeeper.class);

    private final DataSource database;
    private final SlotSql sql;
    private final WalSchemas schemas;
    private final Collection<EntityType> owned;
    private final BooleanSupplier hasRows;
    private final AtomicBoolean warned = new AtomicBoolean();

    /**
     * @param hasRows whether there are owned rows, which would be from before the first slot
     */
    SlotKeeper(
            DataSource database,
            SlotSql sql,
            WalSchemas schemas,
            Collection<EntityType> owned,
            BooleanSupplier hasRows) {
        this.database = database;
        this.sql = sql;
        this.schemas = schemas;
        this.owned = owned;
        this.hasRows = hasRows;
    }

    /**
     * Creates what is missing and raises the epoch if the slot was lost or the server is another.
     * After this, whatever commits is streamed. Waits for transactions that are open now if a slot
     * has to be created.
     *
     * @return whether the epoch rose because the server or its timeline is another
     */
    boolean prepare() throws SQLException {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(true);
            if (!sql.tryLock(connection)) {
                throw new UnderstudyException(
                        UnderstudyException.Severity.RETRYABLE,
                        "another process is preparing the replication slot " + sql.slot());
            }
            try {
                sql.createTables(connection);
                sql.createPublication(connection);
                warnOfUnboundedWal(connection);
                return keepSlot(connection);
            } finally {
                sql.unlock(connection);
            }
        }
    }

    /** From now on messages with content of the owned types are understood. */
    void saveSchemas() throws SQLException {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(true);
            schemas.save(connection, owned);
        }
    }

    /** The epoch now, from the table. */
    Epoch epoch() throws SQLException {
        try (Connection connection = database.getConnection()) {
            return sql.epoch(connection)
                    .orElseThrow(() -> new SQLException("no epoch of the slot " + sql.slot()));
        }
    }

    /** Notes that all was published again, unless another epoch has begun since. */
    void republished(long epoch) {
        try (Connection connection = database.getConnection()) {
            sql.clearPending(connection, epoch);
        } catch (SQLException e) {
            throw SqlFailure.fault("note that epoch " + epoch + " was published again", e);
        }
    }

    /**
     * Checks that the slot is still this stream's.
     *
     * @throws UnderstudyException if it is not
     */
    void requireHeld(WalStream stream) throws SQLException {
        int process = stream.serverProcess();
        try (Connection connection = database.getConnection()) {
            Optional<Integer> active = sql.activeProcess(connection);
            if (!active.equals(Optional.of(process))) {
                throw new UnderstudyException(
                        UnderstudyException.Severity.RETRYABLE,
                        "the replication slot %s was lost while Kafka was opened: %s, not %d"
                                .formatted(
                                        sql.slot(),
                                        active.map(pid -> "process " + pid + " has it")
                                                .orElse("nobody has it"),
                                        process));
            }
        }
    }

    /** Bytes of WAL that the server keeps for the slot. */
    long retainedWalBytes() throws SQLException {
        try (Connection connection = database.getConnection()) {
            return sql.retainedWalBytes(connection);
        }
    }

    private boolean keepSlot(Connection connection) throws SQLException {
        Optional<Epoch> known = sql.epoch(connection);
        SlotState slot = sql.slotState(connection);
        EpochDecision.Server server = sql.server(connection);
        switch (EpochDecision.decide(known, slot, server)) {
            case EpochDecision.Keep() -> {
                return false;
            }
            case EpochDecision.First(SlotState state) -> {
                replace(connection, state);
                Epoch first = new Epoch(1, server, hasRows.getAsBoolean());
                sql.saveEpoch(connection, first);
                LOG.info("Publishing begins with the replication slot {}", sql.slot());
                return false;
            }
            case EpochDecision.Raise(String reason, SlotState state, boolean history) -> {
                Epoch next = new Epoch(known.orElseThrow().number() + 1, server, true);
                // First the epoch: if the process ends here, it only rises once more.
                sql.saveEpoch(connection, next);
                replace(connection, state);
                LOG.warn(
                        "Epoch {} begins and all owned rows are published again: {} (slot {})",
                        next.number(),
                        reason,
                        sql.slot());
                if (history) {
                    LOG.error(
                            "Epoch {} is of another history of the database: replicas that are"
                                    + " ahead of it, with versions that it lost, ignore rows up to"
                                    + " those versions: run understudy verify --repair",
                            next.number());
                }
                return history;
            }
        }
    }

    private void warnOfUnboundedWal(Connection connection) throws SQLException {
        if (sql.isWalUnbounded(connection) && warned.compareAndSet(false, true)) {
            LOG.warn(
                    "max_slot_wal_keep_size is -1: while Kafka is away, the WAL kept for the slot"
                            + " {} grows without a bound",
                    sql.slot());
        }
    }

    private void replace(Connection connection, SlotState state) throws SQLException {
        switch (state) {
            case USABLE -> {}
            case ABSENT -> sql.createSlot(connection);
            case LOST -> {
                sql.dropSlot(connection);
                sql.createSlot(connection);
            }
        }
    }
}
