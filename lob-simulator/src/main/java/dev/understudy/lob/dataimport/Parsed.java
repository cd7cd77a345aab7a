package dev.understudy.lob.dataimport;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** What a row says. */
sealed interface Parsed {

    /** The marker of lines that a file of rejected rows adds; they are no data. */
    String REJECTED_MARKER = "#rejected ";

    /** An entity: its key as a URL writes it, and its other fields. */
    record Entity(String key, ObjectNode fields) implements Parsed {}

    /** Nothing: the row is blank or a remark. */
    record Nothing() implements Parsed {}

    /** The row cannot be used; {@code code} is stable. */
    record Bad(String code, String reason) implements Parsed {}
}
