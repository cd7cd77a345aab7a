package dev.understudy.lob.client;

import java.util.Locale;

/**
 * What an instance's row is: a stand-in with only its key, the entity itself, or a deletion marker.
 */
public enum RecordState {
    PLACEHOLDER,
    HYDRATED,
    DELETED;

    static RecordState parse(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }
}
