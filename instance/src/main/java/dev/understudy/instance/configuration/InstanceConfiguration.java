package dev.understudy.instance.configuration;

import dev.understudy.schemas.model.OnMissing;
import dev.understudy.service.EntitiesConfiguration;

/**
 * Properties {@code understudy.*}: who the instance is and what it holds.
 *
 * @param onMissing {@code placeholder} or {@code reject}: what a write does for a reference to an
 *     entity that is not there
 */
public record InstanceConfiguration(EntitiesConfiguration entities, OnMissing onMissing) {
    /** The instance's name. */
    public String instance() {
        return entities.instance();
    }
}
