package dev.understudy.system.simulation;

import dev.understudy.schemas.model.EntityContent;
import dev.understudy.store.AlternateId;
import dev.understudy.store.EntityId;
import dev.understudy.store.EntityRow;
import dev.understudy.store.RecordState;
import dev.understudy.store.StoreTransaction;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A transaction at work: others come between its statements, until it has changed something. */
final class SimulatedWork implements StoreTransaction {
    private final SimulatedDatabase database;
    private final StoreTransaction model;
    private final List<byte[]> messages = new ArrayList<>();
    private boolean changed;

    SimulatedWork(SimulatedDatabase database, StoreTransaction model) {
        this.database = database;
        this.model = model;
    }

    List<byte[]> messages() {
        return messages;
    }

    void beforeCommit() {
        others();
    }

    private void others() {
        if (!changed) {
            database.world().danger();
        }
    }

    @Override
    public Optional<EntityRow> lock(EntityId id) {
        others();
        EntityId row = database.read(id).map(EntityRow::id).orElse(id);
        take(row);
        Optional<EntityRow> locked = model.lock(id);
        others();
        return locked;
    }

    private void take(EntityId row) {
        SimulatedWork holder = database.locks().putIfAbsent(row, this);
        if (holder != null && !holder.equals(this)) {
            database.world().note(Happening.BLOCKED);
            throw new Blocked();
        }
        if (database.locks().values().stream().distinct().count() > 1) {
            database.world().note(Happening.MET_IN_A_TRANSACTION);
        }
    }

    @Override
    public Map<EntityId, RecordState> place(Collection<EntityId> ids) {
        others();
        changed = true;
        return model.place(ids);
    }

    @Override
    public Map<EntityId, RecordState> states(Collection<EntityId> ids) {
        return model.states(ids);
    }

    @Override
    public Map<AlternateId, EntityId> resolve(Collection<AlternateId> ids) {
        others();
        changed = true;
        return model.resolve(ids);
    }

    @Override
    public EntityContent withoutAliases(EntityContent content) {
        return model.withoutAliases(content);
    }

    @Override
    public void save(EntityRow row) {
        others();
        take(row.id());
        changed = true;
        model.save(row);
    }

    @Override
    public void emit(String prefix, byte[] message) {
        others();
        messages.add(message);
    }

    @Override
    public void published(EntityId id) {}
}
