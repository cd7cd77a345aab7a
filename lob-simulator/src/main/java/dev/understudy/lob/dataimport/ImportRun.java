package dev.understudy.lob.dataimport;

import dev.understudy.lob.client.InstanceClient;
import dev.understudy.lob.client.InstanceFault;
import dev.understudy.lob.client.InstanceSettings;
import dev.understudy.lob.dataimport.ImportResult.Complete;
import dev.understudy.lob.dataimport.ImportResult.Ending;
import dev.understudy.lob.dataimport.ImportResult.Stopped;
import dev.understudy.lob.dataimport.ImportSettings.Limits;
import dev.understudy.lob.dataimport.ImportSettings.Start;
import dev.understudy.lob.dataimport.RawRow.Span;
import dev.understudy.lob.terminal.Ticker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;

/**
 * One import: rows are upserted several at once, in constant memory, and what is done is recorded
 * in the order of the file. An import that stops, or whose process dies, can be resumed; rows that
 * are then sent a second time change nothing.
 */
public final class ImportRun {

    private static final Duration PROGRESS = Duration.ofMillis(200);

    private final ImportSettings settings;
    private final ImportObserver observer;
    private final CheckpointFile checkpoint;
    private final RejectedFile rejected;
    private volatile Frontier frontier;
    private long rowsSinceCheckpoint;

    private ImportRun(
            ImportSettings settings,
            ImportObserver observer,
            CheckpointFile checkpoint,
            RejectedFile rejected,
            Frontier frontier) {
        this.settings = settings;
        this.observer = observer;
        this.checkpoint = checkpoint;
        this.rejected = rejected;
        this.frontier = frontier;
    }

    /**
     * Imports a file, or the rest of it. Refused rows are counted and kept; an instance that gives
     * no usable answer stops the import. Throws {@link ImportFault} if one of the files cannot be
     * used.
     */
    public static ImportResult run(ImportSettings settings, ImportObserver observer) {
        try (RowReader reader =
                new RowReader(settings.file(), settings.format(), settings.limits().rowBytes())) {
            return run(settings, observer, reader);
        } catch (NoSuchFileException e) {
            throw new ImportFault("there is no file " + e.getFile(), e);
        } catch (IOException e) {
            throw new ImportFault("importing %s failed: %s".formatted(settings.file(), e), e);
        }
    }

    private static ImportResult run(
            ImportSettings settings, ImportObserver observer, RowReader reader) throws IOException {
        Header header = Header.read(settings, reader);
        CheckpointFile checkpoint = new CheckpointFile(settings);
        Frontier beginning = new Frontier(reader.position(), reader.line(), Counts.NONE, 0);
        Frontier start =
                settings.start() == Start.CHECKPOINT
                        ? checkpoint.load().orElse(beginning)
                        : beginning;
        reader.seek(start.position(), start.line());
        try (RejectedFile rejected =
                        new RejectedFile(settings, header.span(), start.rejectedBytes());
                InstanceClient client = client(settings)) {
            ImportRun run = new ImportRun(settings, observer, checkpoint, rejected, start);
            Ending ending = run.watched(client, reader, new RowParser(header.fields()));
            return new ImportResult(run.frontier.counts(), rejected.path(), ending);
        }
    }

    private Ending watched(InstanceClient client, RowReader reader, RowParser parser)
            throws IOException {
        Pace pace = new Pace(Files.size(settings.file()), frontier);
        Ticker ticker = new Ticker(PROGRESS, () -> observer.progress(pace.at(frontier)));
        try (ticker) {
            return rows(client, reader, parser);
        } finally {
            observer.progress(pace.at(frontier));
        }
    }

    private Ending rows(InstanceClient client, RowReader reader, RowParser parser)
            throws IOException {
        Sender sender = new Sender(client, settings, observer);
        try (Window window = new Window(sender, settings.limits().inFlight())) {
            boolean more = true;
            while (more || !window.empty()) {
                while (more && !window.full()) {
                    Optional<RawRow> row = reader.next();
                    more = row.isPresent();
                    if (row.isPresent()) {
                        window.add(row.get().span(), parser.parse(row.get()));
                    }
                }
                if (!window.empty()) {
                    settle(window.removeFirst());
                }
            }
            checkpoint.delete();
            return new Complete();
        } catch (InstanceFault fault) {
            save();
            return new Stopped(frontier.line(), String.valueOf(fault.getMessage()));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            save();
            return new Stopped(frontier.line(), "interrupted");
        }
    }

    private void settle(Window.Pending row) throws IOException, InterruptedException {
        Span span = row.span();
        Counts counts = frontier.counts();
        switch (verdict(row)) {
            case Verdict.In _ -> counts = counts.plusAccepted();
            case Verdict.Nothing _ -> {}
            case Verdict.Rejected(String code, String reason) -> {
                Rejection rejection = new Rejection(span.line(), code, reason);
                rejected.add(span, rejection);
                observer.rejected(rejection);
                counts = counts.plusRejected();
            }
        }
        frontier = new Frontier(span.end(), span.endLine(), counts, frontier.rejectedBytes());
        if (++rowsSinceCheckpoint >= settings.limits().checkpointRows()) {
            save();
        }
    }

    private static Verdict verdict(Window.Pending row) throws InterruptedException {
        try {
            return row.verdict().get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case InstanceFault fault -> throw fault;
                case RuntimeException mistake -> throw mistake;
                case Error error -> throw error;
                case null, default -> throw new IllegalStateException(e);
            }
        }
    }

    private void save() throws IOException {
        frontier =
                new Frontier(
                        frontier.position(),
                        frontier.line(),
                        frontier.counts(),
                        rejected.safeBytes());
        checkpoint.save(frontier);
        rowsSinceCheckpoint = 0;
    }

    private static InstanceClient client(ImportSettings settings) {
        InstanceSettings defaults = InstanceSettings.at(settings.url());
        Limits limits = settings.limits();
        return new InstanceClient(
                new InstanceSettings(
                        settings.url(),
                        defaults.connectTimeout(),
                        limits.requestTimeout(),
                        defaults.limits()));
    }
}
