package dev.understudy.system.simulation;

/** What is judged from outside, by the names that the mutation table has. */
enum Guarantee {
    NOTHING_LOST,
    NEVER_BACK,
    LAST_IS_HIGHEST,
    OFFSETS_FOLLOW_DATABASE,
    FOREIGN_KEYS,
    ONE_PLACEHOLDER,
    DELETION_STAYS,
    PLACEHOLDER_OVERWRITES_NOTHING,
    ONE_HOLDER,
    REPAIR_WINS,
    BACKFILL;

    Violation violated(String what) {
        return new Violation(this, what);
    }
}
