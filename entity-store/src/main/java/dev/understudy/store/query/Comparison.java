package dev.understudy.store.query;

/** How two values are compared. */
public enum Comparison {
    EQUAL("="),
    NOT_EQUAL("IS DISTINCT FROM"),
    GREATER(">"),
    GREATER_OR_EQUAL(">="),
    LESS("<"),
    LESS_OR_EQUAL("<=");

    private final String sql;

    Comparison(String sql) {
        this.sql = sql;
    }

    /** Whether it asks which value is greater. */
    public boolean isOrder() {
        return this != EQUAL && this != NOT_EQUAL;
    }

    /** The same with its sides exchanged. */
    public Comparison mirrored() {
        return switch (this) {
            case EQUAL, NOT_EQUAL -> this;
            case GREATER -> LESS;
            case GREATER_OR_EQUAL -> LESS_OR_EQUAL;
            case LESS -> GREATER;
            case LESS_OR_EQUAL -> GREATER_OR_EQUAL;
        };
    }

    String sql() {
        return sql;
    }
}
