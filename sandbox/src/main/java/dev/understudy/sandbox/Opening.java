package dev.understudy.sandbox;

/**
 * Starts a part that stands alone, so that neither its failure nor the JVM's end leaves it behind.
 */
final class Opening {

    private Opening() {}

    static <P extends Part> P open(P part) {
        AtShutdown.add(part);
        try {
            part.start();
            return part;
        } catch (RuntimeException e) {
            part.close();
            throw e;
        }
    }
}
