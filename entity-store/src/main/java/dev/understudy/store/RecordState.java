package dev.understudy.store;

import java.util.Locale;

/**
 * What a row is: only a key, an entity, the marker of a deleted one, or the provisional key of an
 * entity that has come under its own.
 */
public enum RecordState {
    PLACEHOLDER('p'),
    HYDRATED('h'),
    DELETED('d'),
    ALIAS('a');

    private final char code;

    RecordState(char code) {
        this.code = code;
    }

    /** As stored in the column {@code _state}. */
    public char code() {
        return code;
    }

    /**
     * The state with this code.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static RecordState of(String code) {
        for (RecordState state : values()) {
            if (code.length() == 1 && code.charAt(0) == state.code) {
                return state;
            }
        }
        throw new IllegalArgumentException("no record state has the code '" + code + "'");
    }

    /** Lower-case, as the Web API shows it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
