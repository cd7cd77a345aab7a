package dev.understudy.store.query;

import dev.understudy.schemas.model.FieldType;

/** The functions of conditions, with their SQL; all are null where an argument is. */
public enum Function {
    CONTAINS("(strpos(%1$s, %2$s) > 0)"),
    STARTS_WITH("starts_with(%1$s, %2$s)"),
    ENDS_WITH("(right(%1$s, length(%2$s)) = %2$s)"),
    TO_LOWER("lower(%s)"),
    TO_UPPER("upper(%s)"),
    TRIM("btrim(%s)"),
    CONCAT("(%s || %s)"),
    LENGTH("length(%s)"),
    YEAR("extract(year FROM %s)"),
    MONTH("extract(month FROM %s)"),
    DAY("extract(day FROM %s)"),
    HOUR("extract(hour FROM %s)"),
    MINUTE("extract(minute FROM %s)"),
    SECOND("floor(extract(second FROM %s))"),
    DATE("(%s)::date");

    private final String template;

    Function(String template) {
        this.template = template;
    }

    /** The type of what it returns. */
    public FieldType type() {
        return switch (this) {
            case CONTAINS, STARTS_WITH, ENDS_WITH -> new FieldType.Bool();
            case TO_LOWER, TO_UPPER, TRIM, CONCAT -> new FieldType.Text();
            case LENGTH, YEAR, MONTH, DAY, HOUR, MINUTE, SECOND -> new FieldType.Whole(false);
            case DATE -> new FieldType.Date();
        };
    }

    String sql(String... arguments) {
        return template.formatted((Object[]) arguments);
    }
}
