package dev.understudy.store.guard;

/**
 * A column that has its placeholders from a guard.
 *
 * @param table as SQL names it, {@code helpdesk.visit}
 * @param type full name of the entity type that it refers to
 * @param each {@code row} or {@code statement}
 * @param onDeleted {@code refuse} or {@code keep}
 */
public record GuardedColumn(
        String table, String column, String type, String each, String onDeleted) {}
