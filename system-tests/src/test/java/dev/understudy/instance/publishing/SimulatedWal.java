package dev.understudy.instance.publishing;

import dev.understudy.system.simulation.SimulatedDatabase;
import dev.understudy.system.simulation.SimulatedDatabase.Committed;
import dev.understudy.system.simulation.World;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** A stream of a slot; goes on for a while with what has been received after the slot is lost. */
final class SimulatedWal implements Wal {
    private final SimulatedSlot slot;
    private final SimulatedDatabase database;
    private final World world;
    private final Deque<PgOutput> received = new ArrayDeque<>();
    private int next;
    private int limit = Integer.MAX_VALUE;
    private long lastLsn;
    private long confirmedLsn;

    SimulatedWal(SimulatedSlot slot, SimulatedDatabase database, World world, long confirmedLsn) {
        this.slot = slot;
        this.database = database;
        this.world = world;
        this.lastLsn = confirmedLsn;
        while (next < database.wal().size() && database.wal().get(next).lsn() < confirmedLsn) {
            next++;
        }
    }

    /** What is on its way already is still received. */
    void detach() {
        limit = Math.min(database.wal().size(), next + world.below(4));
    }

    @Override
    public Optional<PgOutput> poll() throws SQLException {
        world.danger();
        if (received.isEmpty() && next < Math.min(limit, database.wal().size())) {
            receive(database.wal().get(next++));
        }
        if (received.isEmpty() && !slot.isHeldBy(this)) {
            throw new SQLException("the server has ended the replication stream");
        }
        return Optional.ofNullable(received.poll());
    }

    private void receive(Committed transaction) {
        received.add(new PgOutput.Begin(transaction.lsn(), transaction.at(), next));
        for (byte[] message : transaction.messages()) {
            received.add(
                    new PgOutput.Message(
                            true, transaction.lsn(), WalMessage.PREFIX, ByteBuffer.wrap(message)));
        }
        received.add(
                new PgOutput.Commit(transaction.lsn(), transaction.endLsn(), transaction.at()));
        lastLsn = transaction.endLsn();
    }

    @Override
    public Duration silence() {
        return Duration.ZERO;
    }

    /** Also reports it, sooner or later. */
    @Override
    public void confirm(long lsn) {
        confirmedLsn = Math.max(confirmedLsn, lsn);
        if (world.oneIn(2)) {
            slot.confirmed(this, confirmedLsn);
        }
        world.danger();
    }

    @Override
    public void confirmIdle() {
        confirmedLsn = Math.max(confirmedLsn, lastLsn);
        if (world.isCalm() || world.oneIn(2)) {
            slot.confirmed(this, confirmedLsn);
        }
    }

    @Override
    public void close() {
        slot.confirmed(this, confirmedLsn);
        slot.release(this);
    }

    /** The process is gone, without a last word. */
    void crash() {
        slot.release(this);
    }
}
