package dev.understudy.instance.query;

/**
 * A piece of a query option.
 *
 * @param text as written; of a string and a symbol what stands in the quotes
 * @param position of its first character, from 1
 */
record Token(Kind kind, String text, int position) {
    /** What a piece is. */
    enum Kind {
        /** Of a field, a function or an operator; also with {@code @} or {@code $} in front. */
        NAME("a name"),
        STRING("a string"),
        /** Of an enumeration, with its type in front: {@code crm.Priority'HIGH'}. */
        SYMBOL("a symbol"),
        NUMBER("a number"),
        GUID("a UUID"),
        DATE("a date"),
        DATE_TIME("a date and time"),
        TIME("a time"),
        OPEN("("),
        CLOSE(")"),
        COMMA(","),
        SLASH("/"),
        EQUALS("="),
        SEMICOLON(";"),
        STAR("*"),
        END("the end");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    boolean is(Kind wanted) {
        return kind == wanted;
    }

    /** Whether it is this name. */
    boolean is(String name) {
        return kind == Kind.NAME && text.equals(name);
    }

    /** As it is told to a person. */
    @Override
    public String toString() {
        return kind == Kind.END ? "the end" : "'" + text + "'";
    }
}
