package dev.understudy.lob.dataimport;

/**
 * The bytes of one row, or why there are none. {@code start} and {@code end} are positions in the
 * file, the line end included; {@code line} is the number of its first line, {@code endLine} that
 * of the line after it.
 */
record RawRow(Span span, Content content) {

    /** Where a row stands in its file. */
    record Span(long start, long end, long line, long endLine) {}

    /** What a row holds. */
    sealed interface Content {}

    /** The row without its line end. */
    @SuppressWarnings("ArrayRecordComponent") // handed over, not compared
    record Bytes(byte[] bytes) implements Content {}

    /** The row cannot be taken out of the file. */
    record Unreadable(String code, String reason) implements Content {}
}
