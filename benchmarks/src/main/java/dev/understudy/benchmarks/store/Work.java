package dev.understudy.benchmarks.store;

import java.util.List;

/** What is measured of a contender. */
enum Work {
    INSERT("insert, parents present"),
    UPDATE("update"),
    STALE("all stale"),
    MISSING("insert, every parent missing at first");

    private final String title;

    Work(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    /** Those that all contenders do. */
    static List<Work> common() {
        return List.of(INSERT, UPDATE, STALE);
    }
}
