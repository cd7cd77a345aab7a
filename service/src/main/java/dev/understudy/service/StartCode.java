package dev.understudy.service;

/** Why a service does not start; the text is stable, and listed in {@code docs/errors.md}. */
public enum StartCode {
    /** A property or environment variable that no one reads. */
    UNKNOWN_PROPERTY("UnknownProperty"),
    /** A property that is missing, or has a value that cannot be used. */
    INVALID_PROPERTY("InvalidProperty"),
    /** The catalog or a schema cannot be read, or they do not fit each other. */
    INVALID_CATALOG("InvalidCatalog"),
    /** The database's tables were made by a schema that the given one cannot follow. */
    INCOMPATIBLE_TABLE("IncompatibleTable"),
    /** The registry has a schema that the given one cannot follow. */
    INCOMPATIBLE_SCHEMA("IncompatibleSchema"),
    /** The database's role may not do what the service must. */
    DATABASE_REFUSED("DatabaseRefused"),
    /** The port is taken, or may not be opened. */
    PORT_UNAVAILABLE("PortUnavailable"),
    /** It would listen beyond loopback and ask nobody who they are. */
    UNPROTECTED("Unprotected"),
    /** Anything else. */
    START_FAILED("StartFailed");

    private final String text;

    StartCode(String text) {
        this.text = text;
    }

    @Override
    public String toString() {
        return text;
    }
}
