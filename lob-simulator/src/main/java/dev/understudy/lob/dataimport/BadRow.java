package dev.understudy.lob.dataimport;

/** A row that cannot be used; caught where rows are parsed. */
final class BadRow extends Exception {

    private static final long serialVersionUID = 1;

    private final String code;

    BadRow(String code, String reason) {
        super(reason, null, false, false);
        this.code = code;
    }

    Parsed.Bad parsed() {
        return new Parsed.Bad(code, String.valueOf(getMessage()));
    }
}
