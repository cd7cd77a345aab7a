package dev.understudy.system.simulation;

import dev.understudy.instance.publishing.SimulatedPublisher;
import dev.understudy.replicator.stream.SimulatedReplicator;
import dev.understudy.schemas.event.ChangeEventDecoder;
import java.util.Map;

/** What is made once for all histories of a thread, since it holds nothing of any of them. */
record Cast(
        SimulatedPublisher.Codecs publisher,
        SimulatedReplicator.Codecs replicator,
        ChangeEventDecoder decoder) {
    static Cast create() {
        Map<String, String> registry = Map.of("schema.registry.url", "mock://simulation");
        return new Cast(
                SimulatedPublisher.Codecs.of(Domain.CATALOG, registry),
                SimulatedReplicator.Codecs.of(Domain.CATALOG, registry),
                new ChangeEventDecoder(registry));
    }
}
