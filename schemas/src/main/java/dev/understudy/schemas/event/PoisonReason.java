package dev.understudy.schemas.event;

import java.util.Locale;

/** Why a record can never be applied as it is. */
public enum PoisonReason {
    /** The bytes are not Avro in Confluent's wire format, or not of the schema they name. */
    UNDECODABLE,
    /** A header that a change event has is missing or malformed. */
    HEADERS,
    /** The registry does not know the schema's ID. */
    UNKNOWN_SCHEMA,
    /** The schema the record was written with cannot be read as the configured one. */
    SCHEMA,
    /** The record's key, or its subject, is not the key in the value. */
    KEY_MISMATCH,
    /** The event comes from an instance that does not own the type. */
    NOT_OWNER,
    /** The database refused the row. */
    REFUSED;

    /** As written to headers and metrics: {@code key-mismatch}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
