package dev.understudy.lob.dataimport;

import java.time.Duration;

/**
 * Where an import stands, resumed rows included; {@code left} is an estimate, zero while there is
 * none.
 */
public record ImportProgress(
        long bytesDone, long bytesTotal, Counts counts, double rowsPerSecond, Duration left) {

    /** The share that is done, by bytes: 0 to 100. */
    public double percent() {
        return bytesTotal == 0 ? 100 : 100.0 * bytesDone / bytesTotal;
    }
}
