package dev.understudy.schemas.topic;

import dev.understudy.schemas.model.EntityType;

/**
 * The topics that owners and replicators write; {@code <instance>.understudy.*} are the
 * infrastructure's.
 */
public final class TopicNames {
    private TopicNames() {}

    /** Change events of one type: compacted, keyed by the entity's key. */
    public static String changeEvents(String owner, EntityType type) {
        return owner + "." + type.fullName();
    }

    /** The owner's heartbeats, keyed by the owner's name: compacted. */
    public static String control(String owner) {
        return owner + ".understudy.control";
    }

    /** What a target's replicator did with each change event, keyed by the entity's key. */
    public static String receipts(String target) {
        return target + ".understudy.receipts";
    }

    /**
     * Records that a target's replicator could not apply, as they came, with headers that say why.
     */
    public static String deadLetters(String target) {
        return target + ".understudy.dead-letters";
    }

    /**
     * Which of a target's dead letters were redriven or discarded, keyed by where they are in their
     * topic.
     */
    public static String deadLetterDecisions(String target) {
        return target + ".understudy.dead-letter-decisions";
    }
}
