package dev.understudy.lob.report;

/** Who told a name. */
public enum Origin {
    SOURCE("source"),
    TARGET_COPY("target's copy"),
    /** None that could be asked: it was read from the source earlier. */
    MEMORY("app's memory");

    private final String words;

    Origin(String words) {
        this.words = words;
    }

    /** As the report says it. */
    public String words() {
        return words;
    }
}
