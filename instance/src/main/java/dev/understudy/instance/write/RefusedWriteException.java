package dev.understudy.instance.write;

/** Rolls the transaction back when a write is refused inside it; never leaves the pipeline. */
final class RefusedWriteException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Refusal refusal;

    RefusedWriteException(Refusal refusal) {
        super(refusal.message(), null, false, false);
        this.refusal = refusal;
    }

    Refusal refusal() {
        return refusal;
    }
}
