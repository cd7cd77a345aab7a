package dev.understudy.lob.report;

/** Which instance told a name. */
public enum Origin {
    SOURCE("source"),
    TARGET_COPY("target's copy");

    private final String words;

    Origin(String words) {
        this.words = words;
    }

    /** As the report says it. */
    public String words() {
        return words;
    }
}
