package dev.understudy.system.simulation;

/** What histories are to hold, so that their being right says something. */
public enum Happening {
    WRITTEN,
    REFUSED,
    DELETED_BY_OWNER,
    BLOCKED,
    MET_IN_A_TRANSACTION,
    REPUBLISHED,
    PUBLISHER_CRASHED,
    PUBLISHER_TAKEN_OVER,
    FENCED,
    SLOT_LOST,
    ACKNOWLEDGEMENT_LOST,
    KAFKA_AWAY,
    COMPACTED,
    TRANSACTION_EXPIRED,
    REPLICATOR_CRASHED,
    REPLICATOR_KICKED_OUT,
    REBALANCED,
    DATABASE_AWAY,
    COMMIT_HELD_BACK,
    COMMIT_REJECTED,
    REPLAYED,
    CAME_STALE,
    HYDRATED,
    DELETED,
    PLACED_BY_ALTERNATE_KEY,
    UNIFIED,
    CEDED,
    DIVERGED,
    REPAIRED
}
