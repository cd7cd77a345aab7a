package dev.understudy.lob.load;

/** What became of one operation. */
public sealed interface Outcome {

    /** How an answer showed the entities that a new ticket refers to. */
    enum References {
        /** The operation made no ticket, or its answer did not show it. */
        NOT_SHOWN,
        HYDRATED,
        /** At least one is a placeholder. */
        PLACEHOLDER
    }

    /** The instance did it. */
    record Accepted(References references) implements Outcome {}

    /**
     * The instance said no; {@code code} is its error code. A read of what was acknowledged and is
     * not there is {@code NotFound}, of what is there without its content {@code Placeholder}.
     */
    record Refused(String code) implements Outcome {}

    /**
     * The client did not send it, since its circuit to the instance was open. Counted as refused,
     * but neither an answer nor a fault of the instance, and without a latency.
     */
    record CircuitOpen() implements Outcome {
        static final String CODE = "CircuitOpen";
    }

    /** There was no usable answer: whether a write took effect is unknown. */
    record Unanswered(String code) implements Outcome {}

    /** The bound of requests in flight was reached until the run was over. */
    record NotSent() implements Outcome {}
}
