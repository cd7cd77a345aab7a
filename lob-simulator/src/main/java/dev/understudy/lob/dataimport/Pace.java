package dev.understudy.lob.dataimport;

import java.time.Duration;

/** How fast an import goes, measured from where this run of it started. */
final class Pace {

    private final long bytesTotal;
    private final Frontier start;
    private final long startNanos = System.nanoTime();

    Pace(long bytesTotal, Frontier start) {
        this.bytesTotal = bytesTotal;
        this.start = start;
    }

    ImportProgress at(Frontier frontier) {
        double seconds = Math.max(1, System.nanoTime() - startNanos) / 1e9;
        double bytesPerSecond = (frontier.position() - start.position()) / seconds;
        return new ImportProgress(
                frontier.position(),
                bytesTotal,
                frontier.counts(),
                (frontier.counts().rows() - start.counts().rows()) / seconds,
                bytesPerSecond == 0
                        ? Duration.ZERO
                        : Duration.ofSeconds(
                                Math.round((bytesTotal - frontier.position()) / bytesPerSecond)));
    }
}
