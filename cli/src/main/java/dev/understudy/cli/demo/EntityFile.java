package dev.understudy.cli.demo;

import dev.understudy.lob.dataimport.Counts;
import dev.understudy.lob.dataimport.ImportObserver;
import dev.understudy.lob.dataimport.ImportResult;
import dev.understudy.lob.dataimport.ImportResult.Complete;
import dev.understudy.lob.dataimport.ImportResult.Paused;
import dev.understudy.lob.dataimport.ImportResult.Stopped;
import dev.understudy.lob.dataimport.ImportRun;
import dev.understudy.lob.dataimport.ImportSettings;
import dev.understudy.lob.dataimport.Rejection;
import dev.understudy.lob.dataimport.Shape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A user's file with the entities of one set. It is copied beside the reports, so that what an
 * import keeps beside its file does not come beside the user's.
 */
final class EntityFile {
    private static final int MOST_SHOWN = 10;
    private static final URI NOWHERE = URI.create("http://localhost");

    /** What one part of the file came to. */
    record Part(long accepted, long rejected, boolean complete) {}

    private final Path file;
    private final Shape shape;
    private final long rows;
    private Counts done = new Counts(0, 0);

    /** Throws ImportFault or IllegalArgumentException if the file cannot be read. */
    EntityFile(Path file, Shape shape) {
        this.file = file;
        this.shape = shape;
        this.rows = ImportRun.rows(ImportSettings.of(file, shape, NOWHERE));
    }

    Path path() {
        return file;
    }

    /** All its rows, good or bad. */
    long rows() {
        return rows;
    }

    /** Imports what comes before the outage. */
    Part importFirst(Stage stage) {
        try {
            Files.createDirectories(stage.reports());
            Files.copy(file, copyIn(stage.reports()), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot copy " + file + ": " + e, e);
        }
        return part(stage, settings(stage), Cast.before(rows));
    }

    /** Imports the rest. */
    Part importRest(Stage stage) {
        return part(stage, settings(stage).resumed(), Long.MAX_VALUE);
    }

    private Part part(Stage stage, ImportSettings settings, long mostRows) {
        ImportResult result = ImportRun.part(settings, shown(stage.progress()), mostRows);
        Counts before = done;
        done = result.counts();
        return new Part(
                done.accepted() - before.accepted(),
                done.rejected() - before.rejected(),
                switch (result.ending()) {
                    case Complete _, Paused _ -> true;
                    case Stopped _ -> false;
                });
    }

    private ImportSettings settings(Stage stage) {
        return ImportSettings.of(copyIn(stage.reports()), shape, stage.sandbox().us().baseUrl());
    }

    /** Where its copy is: files of two sets may have the same name. */
    Path copyIn(Path folder) {
        return folder.resolve(shape.set() + "-" + file.getFileName());
    }

    private ImportObserver shown(Progress progress) {
        return new ImportObserver() {
            private int shown;

            @Override
            public void rejected(Rejection row) {
                if (++shown <= MOST_SHOWN) {
                    progress.say(
                            "  %s line %d: %s: %s",
                            file.getFileName(), row.line(), row.code(), row.reason());
                }
            }
        };
    }
}
