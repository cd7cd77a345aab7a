package dev.understudy.schemas.model;

import java.util.Map;

/** How two values compare. */
public enum Operator {
    EQUAL("="),
    UNEQUAL("<>"),
    LESS("<"),
    AT_MOST("<="),
    MORE(">"),
    AT_LEAST(">=");

    /** As they are written. */
    static final Map<String, Operator> BY_SIGN =
            Map.of(
                    "=", EQUAL, "<>", UNEQUAL, "!=", UNEQUAL, "<", LESS, "<=", AT_MOST, ">", MORE,
                    ">=", AT_LEAST);

    private final String sign;

    Operator(String sign) {
        this.sign = sign;
    }

    /** As SQL writes it, too. */
    public String sign() {
        return sign;
    }

    /** Whether the result of a {@code compareTo} fits. */
    boolean accepts(int order) {
        return switch (this) {
            case EQUAL -> order == 0;
            case UNEQUAL -> order != 0;
            case LESS -> order < 0;
            case AT_MOST -> order <= 0;
            case MORE -> order > 0;
            case AT_LEAST -> order >= 0;
        };
    }
}
