package dev.understudy.schemas.event;

import dev.understudy.schemas.model.EntityContent;
import dev.understudy.schemas.model.EntityKey;
import dev.understudy.schemas.model.EntityType;
import dev.understudy.schemas.topic.TopicNames;

/**
 * One entity's full content at one version. Idempotent: applying it twice, or after a later one,
 * changes nothing.
 *
 * @param content of a deletion the last content, or just the key
 */
public record ChangeEvent(EntityKey key, EntityContent content, ChangeMetadata metadata) {
    public EntityType type() {
        return content.type();
    }

    public Version version() {
        return metadata.version();
    }

    public String topic() {
        return TopicNames.changeEvents(metadata.owner(), type());
    }
}
