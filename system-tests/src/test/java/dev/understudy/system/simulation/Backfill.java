package dev.understudy.system.simulation;

import dev.understudy.schemas.event.ChangeEvent;
import dev.understudy.schemas.event.ChangeEventDecoder;
import dev.understudy.schemas.event.Decoded;
import dev.understudy.schemas.model.CatalogEntry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** A new target that has nothing but the compacted topics, and reads them in any order. */
final class Backfill {
    private Backfill() {}

    static void check(
            World world,
            SimulatedKafka kafka,
            SimulatedDatabase owner,
            ChangeEventDecoder decoder) {
        List<ChangeEvent> events = new ArrayList<>();
        for (SimulatedPartition partition : kafka.partitions()) {
            CatalogEntry entry = Domain.CATALOG.byTopic(partition.name().topic()).orElseThrow();
            for (SimulatedPartition.Entry record : partition.read(0, Integer.MAX_VALUE)) {
                Decoded decoded =
                        decoder.decode(
                                entry,
                                record.record().key(),
                                record.record().value(),
                                record.record().headers());
                if (decoded instanceof Decoded.Change(ChangeEvent event)) {
                    events.add(event);
                }
            }
        }
        Collections.shuffle(events, new Random(world.below(Integer.MAX_VALUE)));
        SimulatedDatabase fresh =
                new SimulatedDatabase(
                        Domain.CATALOG,
                        Domain.TARGET,
                        world,
                        new Checks(Domain.CATALOG, world)::committed);
        events.forEach(event -> {
            var _ = fresh.apply(List.of(event));
        });
        Checks.agree(Guarantee.BACKFILL, owner.rows(), fresh.rows(), Set.of());
    }
}
