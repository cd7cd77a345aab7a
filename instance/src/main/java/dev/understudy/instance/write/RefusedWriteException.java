package dev.understudy.instance.write;

/** Rolls the transaction back when a write is refused inside it; never leaves the pipeline. */
public final class RefusedWriteException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Refusal refusal;

    public RefusedWriteException(Refusal refusal) {
        super(refusal.message(), null, false, false);
        this.refusal = refusal;
    }

    public Refusal refusal() {
        return refusal;
    }
}
