package dev.understudy.schemas.event;

/** Whether a change event says that the entity is so, or that it is gone. */
public enum ChangeKind {
    UPSERTED(".upserted"),
    DELETED(".deleted");

    private final String suffix;

    ChangeKind(String suffix) {
        this.suffix = suffix;
    }

    /** What {@code ce_type} ends in. */
    String suffix() {
        return suffix;
    }
}
