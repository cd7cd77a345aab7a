package dev.understudy.sandbox;

/**
 * What the parts of a {@link Sandbox} run on.
 *
 * @param postgres the release of both database servers
 * @param purpose what every JVM is tuned for
 */
public record Platform(PostgresVersion postgres, Purpose purpose) {

    /** What system properties ask for; for a short life. */
    public static Platform chosen() {
        return new Platform(PostgresVersion.chosen(), Purpose.SHORT_LIVED);
    }
}
