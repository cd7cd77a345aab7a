package dev.understudy.lob.dataimport;

import dev.understudy.lob.terminal.LiveLine;
import java.util.Locale;

/**
 * Shows an import on a terminal or in a log: a bar or a line now and then, and the first rejected
 * rows.
 */
final class ShownImport implements ImportObserver {

    private static final int MOST_REJECTIONS = 20;
    private static final int BAR_WIDTH = 20;
    private static final long LINE_EVERY_NANOS = 5_000_000_000L;

    private final LiveLine live;
    private long rejections;
    private long lastLineNanos = System.nanoTime();

    ShownImport(LiveLine live) {
        this.live = live;
    }

    @Override
    public void progress(ImportProgress progress) {
        switch (live.mode()) {
            case OVERWRITTEN -> live.show(bar(progress) + text(progress));
            case LINE_BY_LINE -> {
                long now = System.nanoTime();
                if (now - lastLineNanos >= LINE_EVERY_NANOS) {
                    lastLineNanos = now;
                    live.show(text(progress));
                }
            }
        }
    }

    @Override
    public void rejected(Rejection rejection) {
        rejections++;
        if (rejections <= MOST_REJECTIONS) {
            live.print(
                    "line %d: %s: %s"
                            .formatted(rejection.line(), rejection.code(), rejection.reason()));
        }
        if (rejections == MOST_REJECTIONS) {
            live.print("further rejected lines are not shown here");
        }
    }

    @Override
    public void waiting(String reason) {
        live.print("waiting for the instance: " + reason);
    }

    private static String bar(ImportProgress progress) {
        int done = (int) Math.clamp(progress.percent() * BAR_WIDTH / 100, 0, BAR_WIDTH);
        return "[" + "#".repeat(done) + "-".repeat(BAR_WIDTH - done) + "] ";
    }

    static String text(ImportProgress progress) {
        long left = progress.left().toSeconds();
        return String.format(
                Locale.ROOT,
                "%5.1f %%  %d in  %d rejected  %.0f rows/s  %d:%02d left",
                progress.percent(),
                progress.counts().accepted(),
                progress.counts().rejected(),
                progress.rowsPerSecond(),
                left / 60,
                left % 60);
    }
}
