package dev.understudy.instance.publishing;

import dev.understudy.instance.publishing.EpochDecision.Epoch;
import dev.understudy.instance.publishing.EpochDecision.Server;
import dev.understudy.instance.publishing.EpochDecision.SlotState;
import dev.understudy.system.simulation.Happening;
import dev.understudy.system.simulation.SimulatedDatabase;
import dev.understudy.system.simulation.World;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The replication slot of an owner's database, and the row that has the epoch. */
public final class SimulatedSlot {
    private static final Server SERVER = new Server("1", 1);

    private final SimulatedDatabase database;
    private final World world;
    private SlotState state = SlotState.ABSENT;
    private Optional<Epoch> epoch = Optional.empty();
    private boolean prepared;
    private long confirmedLsn;
    private @Nullable SimulatedWal holder;

    public SimulatedSlot(SimulatedDatabase database, World world) {
        this.database = database;
        this.world = world;
    }

    /** The server gives the slot to whoever comes next: its holder did not answer in time. */
    public void takeAway() {
        if (holder != null) {
            holder.detach();
            holder = null;
            world.note(Happening.PUBLISHER_TAKEN_OVER);
        }
    }

    /** The WAL that it needs is gone. */
    public void lose() {
        if (state == SlotState.USABLE) {
            takeAway();
            state = SlotState.LOST;
            world.note(Happening.SLOT_LOST);
        }
    }

    /** As the keeper of the slot does at the start of every publisher. */
    void prepare() {
        switch (EpochDecision.decide(epoch, state, SERVER)) {
            case EpochDecision.Keep _ -> {}
            case EpochDecision.First _ -> begin(new Epoch(1, SERVER, !database.rows().isEmpty()));
            case EpochDecision.Raise _ -> begin(new Epoch(epoch().number() + 1, SERVER, true));
        }
        prepared = true;
    }

    private void begin(Epoch next) {
        epoch = Optional.of(next);
        world.danger();
        if (state != SlotState.USABLE) {
            state = SlotState.USABLE;
            confirmedLsn = database.walEnd();
        }
    }

    Epoch epoch() {
        return epoch.orElseThrow();
    }

    /** Whether writes may be taken: whatever commits is streamed from now on. */
    public boolean isThere() {
        return prepared;
    }

    void republished(long number) {
        if (epoch().number() == number) {
            epoch = Optional.of(new Epoch(number, SERVER, false));
        }
    }

    /** The stream, unless somebody has it. */
    Optional<SimulatedWal> open() {
        if (holder != null || state != SlotState.USABLE) {
            return Optional.empty();
        }
        holder = new SimulatedWal(this, database, world, confirmedLsn);
        return Optional.of(holder);
    }

    boolean isHeldBy(SimulatedWal wal) {
        return wal.equals(holder);
    }

    void confirmed(SimulatedWal by, long lsn) {
        if (isHeldBy(by)) {
            confirmedLsn = Math.max(confirmedLsn, lsn);
        }
    }

    void release(SimulatedWal by) {
        if (isHeldBy(by)) {
            holder = null;
        }
    }

    /** Whether all that is committed is confirmed. */
    public boolean isDrained() {
        return state == SlotState.USABLE
                && !epoch().republishPending()
                && (database.wal().isEmpty() || confirmedLsn >= database.wal().getLast().endLsn());
    }
}
