package dev.understudy.sandbox;

import java.util.List;

/** The releases of PostgreSQL that can be run: the system property {@code sandbox.postgres}. */
public enum PostgresVersion {
    /** The oldest that is supported. */
    POSTGRES_16(16),
    /** What runs unless asked otherwise. */
    POSTGRES_18(18);

    private static final String PROPERTY = "sandbox.postgres";

    private final int major;

    PostgresVersion(int major) {
        this.major = major;
    }

    /** What the system property asks for, else 18. */
    public static PostgresVersion chosen() {
        return of(System.getProperty(PROPERTY, String.valueOf(POSTGRES_18.major)));
    }

    static PostgresVersion of(String major) {
        for (PostgresVersion version : values()) {
            if (String.valueOf(version.major).equals(major)) {
                return version;
            }
        }
        throw new IllegalArgumentException(
                "-D%s=%s: none of %s".formatted(PROPERTY, major, List.of(values())));
    }

    /** The major version. */
    public int major() {
        return major;
    }

    /** What initdb needs beside {@code --locale=C} for UTF-8's character classes. */
    List<String> localeArguments() {
        return switch (this) {
            case POSTGRES_16 -> List.of();
            case POSTGRES_18 -> List.of("--locale-provider=builtin", "--builtin-locale=C.UTF-8");
        };
    }
}
