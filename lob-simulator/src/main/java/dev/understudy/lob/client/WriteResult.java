package dev.understudy.lob.client;

import org.jspecify.annotations.Nullable;

/** An instance's answer to a write. No answer at all is an {@link InstanceFault}. */
public sealed interface WriteResult {

    /** The write is stored; {@code address} is the entity's URL where the instance gave one. */
    record Accepted(int status, @Nullable String address) implements WriteResult {}

    /**
     * The write is not stored; {@code code} is the instance's error code, or {@code Http<status>}.
     */
    record Refused(int status, String code, String message) implements WriteResult {}
}
