package dev.understudy.store.query;

/** One thing to sort by; null is below everything else. */
public record Order(Operand operand, Direction direction) {
    /** Which values come first. */
    public enum Direction {
        ASCENDING,
        DESCENDING
    }
}
