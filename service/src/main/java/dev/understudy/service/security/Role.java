package dev.understudy.service.security;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a token allows, of some entity types or of all; none includes another. */
public enum Role {
    /** To read entities in the Web API. */
    READ,
    /** To write entities in the Web API. */
    WRITE,
    /** To compare a replica with its owner: digests, completeness and progress. */
    REPLICATE,
    /** To use everything else: what repairs, publishes again and decides. */
    ADMINISTER;

    /** The role of this name. */
    static Optional<Role> named(String name) {
        return Arrays.stream(values()).filter(role -> role.toString().equals(name)).findFirst();
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
