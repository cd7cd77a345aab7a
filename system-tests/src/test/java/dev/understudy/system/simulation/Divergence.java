package dev.understudy.system.simulation;

import dev.understudy.instance.digest.SimulatedRepairs;
import dev.understudy.schemas.event.ChangeEvent;
import dev.understudy.schemas.event.ChangeKind;
import dev.understudy.schemas.event.ChangeMetadata;
import dev.understudy.schemas.event.Position;
import dev.understudy.schemas.event.Version;
import dev.understudy.schemas.model.EntityContent;
import dev.understudy.store.EntityId;
import dev.understudy.store.EntityRow;
import dev.understudy.store.RecordState;
import dev.understudy.store.StoreException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Replica's rows from a branch of history that the owner has lost; and their repair. */
final class Divergence {
    private final World world;
    private final SimulatedDatabase owner;
    private final SimulatedDatabase target;
    private final SimulatedRepairs repairs;
    private final Set<EntityId> diverged = new HashSet<>();

    Divergence(
            World world,
            SimulatedDatabase owner,
            SimulatedDatabase target,
            SimulatedRepairs repairs) {
        this.world = world;
        this.owner = owner;
        this.target = target;
        this.repairs = repairs;
    }

    Set<EntityId> diverged() {
        return diverged;
    }

    /** To some row that has come, if there is one. */
    void happen() {
        List<EntityRow> hydrated =
                target.rows().stream()
                        .filter(row -> row.state() == RecordState.HYDRATED)
                        .filter(row -> Domain.isOwned(row.id()))
                        .toList();
        if (!hydrated.isEmpty()) {
            happen(hydrated.get(world.below(hydrated.size())));
        }
    }

    private void happen(EntityRow row) {
        EntityId id = row.id();
        EntityContent content =
                row.content()
                        .with(
                                id.type()
                                        .field(
                                                id.type().field("name").isPresent()
                                                        ? "name"
                                                        : "lastName")
                                        .orElseThrow(),
                                "of a lost branch");
        ChangeMetadata metadata =
                new ChangeMetadata(
                        Domain.OWNER,
                        ChangeKind.UPSERTED,
                        new Version(row.version().number() + 1 + world.below(3)),
                        new Position(0, 0),
                        world.clock().instant(),
                        Optional.empty());
        try {
            var _ = target.apply(List.of(new ChangeEvent(id.key(), content, metadata)));
            world.note(Happening.DIVERGED);
        } catch (SimulatedCrash | StoreException _) {
            // It may have happened all the same.
        }
        diverged.add(id);
    }

    /** What verification does with all that differs. */
    void repair() {
        Map<EntityId, Version> seen = new HashMap<>();
        for (EntityId id : Checks.differing(owner.rows(), target.rows())) {
            seen.put(id, target.read(id).map(EntityRow::version).orElse(Version.NONE));
            world.note(Happening.REPAIRED);
        }
        try {
            repairs.repair(seen);
        } catch (StoreException _) {
            // Then they go on to differ, which is judged.
        }
    }
}
