package dev.understudy.instance.write;

import dev.understudy.instance.configuration.InstanceConfiguration;
import dev.understudy.schemas.model.Catalog;
import dev.understudy.schemas.model.OnMissing;
import dev.understudy.service.EntitiesConfiguration;
import dev.understudy.store.EntityStore;
import java.time.Clock;
import java.util.List;

/** The write pipeline of an instance whose database is simulated. */
public final class SimulatedWrites {
    private SimulatedWrites() {}

    /** With placeholders for what is missing. */
    public static WritePipeline pipeline(
            Catalog catalog,
            String instance,
            EntityStore store,
            ChangePublication publication,
            Clock clock) {
        List<String> entries = catalog.entries().stream().map(entry -> entry.topic()).toList();
        InstanceConfiguration configuration =
                new InstanceConfiguration(
                        new EntitiesConfiguration(instance, entries, List.of("classpath:contoso")),
                        OnMissing.PLACEHOLDER);
        Steps steps =
                new Steps(
                        List.of(),
                        List.of(new PlaceholderStep(catalog, configuration)),
                        List.of(),
                        List.of());
        return new WritePipeline(
                new Ownership(catalog, configuration), steps, store, publication, clock);
    }
}
