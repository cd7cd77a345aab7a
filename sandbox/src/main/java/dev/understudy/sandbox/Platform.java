package dev.understudy.sandbox;

/**
 * What the parts of a {@link Sandbox} run on.
 *
 * @param mode processes or containers
 * @param postgres the release of both database servers
 * @param purpose what every JVM of ours is tuned for
 */
public record Platform(RunMode mode, PostgresVersion postgres, Purpose purpose) {

    /** What system properties ask for; for a short life. */
    public static Platform chosen() {
        return new Platform(RunMode.chosen(), PostgresVersion.chosen(), Purpose.SHORT_LIVED);
    }

    /** The same in another mode. */
    public Platform withMode(RunMode other) {
        return new Platform(other, postgres, purpose);
    }

    /** The same with another release of PostgreSQL. */
    public Platform withPostgres(PostgresVersion other) {
        return new Platform(mode, other, purpose);
    }

    /** The same tuned for something else. */
    public Platform withPurpose(Purpose other) {
        return new Platform(mode, postgres, other);
    }
}
