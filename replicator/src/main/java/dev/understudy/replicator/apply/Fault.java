package dev.understudy.replicator.apply;

/** Why a flush did not get through. */
public record Fault(Part part, String message, Throwable cause) {
    static Fault of(Part part, Throwable cause) {
        String message = cause.getMessage();
        return new Fault(part, message == null ? cause.getClass().getSimpleName() : message, cause);
    }
}
