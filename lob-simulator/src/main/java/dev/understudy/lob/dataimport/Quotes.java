package dev.understudy.lob.dataimport;

/**
 * Whether a row's bytes read so far are inside a quoted field: a quote opens one at the start of a
 * field only, and is doubled inside it.
 */
final class Quotes {

    /** What opens and separates fields; {@link #NONE} for formats without quotes. */
    record Rules(int quote, int delimiter) {
        static final Rules NONE = new Rules(-1, -1);
    }

    private enum State {
        FIELD_START,
        UNQUOTED,
        QUOTED,
        QUOTE_IN_QUOTED
    }

    private final Rules rules;
    private State state = State.FIELD_START;

    Quotes(Rules rules) {
        this.rules = rules;
    }

    static Rules rules(Format format) {
        return switch (format) {
            case Format.Csv(char delimiter) -> new Rules('"', delimiter);
            case Format.Ndjson _ -> Rules.NONE;
        };
    }

    void next(int value) {
        state =
                switch (state) {
                    case FIELD_START ->
                            value == rules.quote()
                                    ? State.QUOTED
                                    : value == rules.delimiter()
                                            ? State.FIELD_START
                                            : State.UNQUOTED;
                    case UNQUOTED ->
                            value == rules.delimiter() ? State.FIELD_START : State.UNQUOTED;
                    case QUOTED -> value == rules.quote() ? State.QUOTE_IN_QUOTED : State.QUOTED;
                    case QUOTE_IN_QUOTED ->
                            value == rules.quote()
                                    ? State.QUOTED
                                    : value == rules.delimiter()
                                            ? State.FIELD_START
                                            : State.UNQUOTED;
                };
    }

    boolean open() {
        return state == State.QUOTED;
    }
}
