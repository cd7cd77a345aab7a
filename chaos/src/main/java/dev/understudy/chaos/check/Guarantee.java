package dev.understudy.chaos.check;

/** What is promised whatever breaks, each with the checker that judges it. */
public enum Guarantee {
    /** Every accepted write is a version of its own at its owner, and the last one is there. */
    NOTHING_LOST,
    /** No write is refused that had to be accepted. */
    REFUSED_FOR_A_REASON,
    /** Every version of every entity is on its topic, and the last record is the highest. */
    TOPICS_COMPLETE,
    /** No row's version falls, and none vanishes, at any time. */
    NEVER_BACK,
    /** No row refers to one that is not there, at any time. */
    FOREIGN_KEYS_HOLD,
    /** Each event of each topic is applied, stale, outside or a dead letter. */
    NOTHING_DROPPED,
    /** What a group has committed is in the replica. */
    OFFSETS_DURABLE,
    /** Each column of each row is the same at the owner and at the replica. */
    CONVERGED,
    /** One row stands for an entity, however many referred to it before it came. */
    ONE_PLACEHOLDER,
    /** What is still a placeholder is unknown to its owner. */
    ORPHANS_UNKNOWN
}
