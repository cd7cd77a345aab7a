package dev.understudy.lob.dataimport;

import dev.understudy.lob.client.InstanceClient;
import dev.understudy.lob.client.InstanceFault;
import dev.understudy.lob.client.InstanceSettings;
import dev.understudy.lob.dataimport.ImportResult.Complete;
import dev.understudy.lob.dataimport.ImportResult.Ending;
import dev.understudy.lob.dataimport.ImportResult.Paused;
import dev.understudy.lob.dataimport.ImportResult.Stopped;
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
 * in the order of the file. An import that stops, or whose process dies, can be resumed. Rows that
 * are then sent a second time have the same content again, with a higher version and another event;
 * what others wrote to them meanwhile is overwritten.
 */
public final class ImportRun {

    private static final Duration PROGRESS = Duration.ofMillis(200);

    private final ImportSettings settings;
    private final ImportObserver observer;
    private final CheckpointFile checkpoint;
    private final RejectedFile rejected;
    private volatile Frontier frontier;
    private final long mostRows;
    private long rowsRead;
    private long rowsSinceCheckpoint;

    private ImportRun(
            ImportSettings settings,
            ImportObserver observer,
            CheckpointFile checkpoint,
            RejectedFile rejected,
            Frontier frontier,
            long mostRows) {
        this.settings = settings;
        this.observer = observer;
        this.checkpoint = checkpoint;
        this.rejected = rejected;
        this.frontier = frontier;
        this.mostRows = mostRows;
    }

    /**
     * Imports a file, or the rest of it. Refused rows are counted and kept; an instance that gives
     * no usable answer stops the import. Throws {@link ImportFault} if one of the files cannot be
     * used.
     */
    public static ImportResult run(ImportSettings settings, ImportObserver observer) {
        return part(settings, observer, Long.MAX_VALUE);
    }

    /** As above, but at most so many rows, good or bad; a resumption goes on with the next. */
    public static ImportResult part(
            ImportSettings settings, ImportObserver observer, long mostRows) {
        return using(settings, reader -> run(settings, observer, reader, mostRows));
    }

    /** How many rows a file has, good or bad; blank ones are none. */
    public static long rows(ImportSettings settings) {
        return using(
                settings,
                reader -> {
                    RowParser parser = new RowParser(Header.read(settings, reader).fields());
                    long rows = 0;
                    for (Optional<RawRow> row = reader.next();
                            row.isPresent();
                            row = reader.next()) {
                        rows += isData(parser.parse(row.get())) ? 1 : 0;
                    }
                    return rows;
                });
    }

    private static boolean isData(Parsed row) {
        return !(row instanceof Parsed.Nothing);
    }

    /** What is done with an open file. */
    private interface Use<T> {
        T of(RowReader reader) throws IOException;
    }

    private static <T> T using(ImportSettings settings, Use<T> use) {
        try (RowReader reader =
                new RowReader(settings.file(), settings.format(), settings.limits().rowBytes())) {
            return use.of(reader);
        } catch (NoSuchFileException e) {
            throw new ImportFault("there is no file " + e.getFile(), e);
        } catch (IOException e) {
            throw new ImportFault("importing %s failed: %s".formatted(settings.file(), e), e);
        }
    }

    private static ImportResult run(
            ImportSettings settings, ImportObserver observer, RowReader reader, long mostRows)
            throws IOException {
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
            ImportRun run =
                    new ImportRun(settings, observer, checkpoint, rejected, start, mostRows);
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
                while (more && rowsRead < mostRows && !window.full()) {
                    Optional<RawRow> row = reader.next();
                    more = row.isPresent();
                    if (row.isPresent()) {
                        Parsed parsed = parser.parse(row.get());
                        rowsRead += isData(parsed) ? 1 : 0;
                        window.add(row.get().span(), parsed);
                    }
                }
                if (more && rowsRead == mostRows && window.empty()) {
                    save();
                    return new Paused(frontier.line());
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
        return new InstanceClient(
                InstanceSettings.at(settings.url())
                        .withRequestTimeout(settings.limits().requestTimeout()));
    }
}
