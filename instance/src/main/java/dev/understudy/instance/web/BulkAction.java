package dev.understudy.instance.web;

import java.util.Optional;
import java.util.stream.Stream;

/** The actions that write many entities of a set. */
enum BulkAction {
    CREATE("CreateMultiple"),
    UPDATE("UpdateMultiple"),
    UPSERT("UpsertMultiple");

    private final String text;

    BulkAction(String text) {
        this.text = text;
    }

    /** The action of this name, behind any namespace or none. */
    static Optional<BulkAction> named(String name) {
        String last = name.substring(name.lastIndexOf('.') + 1);
        return Stream.of(values()).filter(action -> action.text.equals(last)).findFirst();
    }

    @Override
    public String toString() {
        return text;
    }
}
