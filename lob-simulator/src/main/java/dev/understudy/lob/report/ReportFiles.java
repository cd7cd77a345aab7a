package dev.understudy.lob.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.regex.Pattern;

/**
 * The files of one report: the page, its rows as CSV, and what its figures rest on as CSV. All are
 * in UTF-8.
 */
public record ReportFiles(Path html, Path csv, Path coverageCsv) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

    /**
     * Writes {@code name.html}, {@code name.csv} and {@code name-coverage.csv} into a folder, which
     * is made if it is not there; files of the same names are replaced.
     */
    public static ReportFiles write(Path folder, String name, ProblemTicketReport report) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("not a name for files: " + name);
        }
        return new ReportFiles(
                write(folder.resolve(name + ".html"), HtmlReport.DEFAULT.render(report)),
                write(folder.resolve(name + ".csv"), CsvReport.rows(report)),
                write(folder.resolve(name + "-coverage.csv"), CsvReport.coverage(report)));
    }

    /** Replaces a file as a whole: a reader sees the old text or the new one. */
    public static Path write(Path file, String text) {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null) {
            throw new IllegalArgumentException("not a file: " + file);
        }
        try {
            Files.createDirectories(folder);
            Path draft = folder.resolve("." + file.getFileName() + ".draft");
            try {
                Files.writeString(draft, text);
                return Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(draft);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file + ": " + e, e);
        }
    }
}
