package dev.understudy.store.history;

/** What a random history is to contain, so that its outcome says something. */
enum Happening {
    APPLIED,
    HYDRATED,
    STALE,
    DUPLICATE,
    DELETED,
    CREATED_AGAIN,
    SWAPPED,
    HANDED_OVER,
    CEDED,
    PLACED_BY_ALTERNATE_KEY,
    UNIFIED,
    WRITTEN,
    WRITE_REFUSED,
    WRITE_DELETED,
    REFERENCE_MOVED
}
