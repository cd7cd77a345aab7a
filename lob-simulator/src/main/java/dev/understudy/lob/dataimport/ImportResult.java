package dev.understudy.lob.dataimport;

import java.nio.file.Path;

/**
 * What became of an import: counts of all rows, those of the runs it resumed included, and the file
 * that keeps the rejected rows, if there are any.
 */
public record ImportResult(Counts counts, Path rejectedFile, Ending ending) {

    /** How an import ended. */
    public sealed interface Ending {}

    /** Every row was sent. */
    public record Complete() implements Ending {}

    /** As many rows as were asked for; the rest, from a line on, is left to a resumption. */
    public record Paused(long line) implements Ending {}

    /** The rows from a line on are not all in; the import can be resumed. */
    public record Stopped(long line, String reason) implements Ending {}
}
