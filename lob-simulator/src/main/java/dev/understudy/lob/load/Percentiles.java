package dev.understudy.lob.load;

import org.HdrHistogram.AbstractHistogram;

/** The distribution of some durations, in milliseconds; all zero when there are none. */
public record Percentiles(
        long count, double p50Ms, double p90Ms, double p99Ms, double p999Ms, double maxMs) {

    static Percentiles ofMicros(AbstractHistogram micros) {
        return new Percentiles(
                micros.getTotalCount(),
                ms(micros.getValueAtPercentile(50)),
                ms(micros.getValueAtPercentile(90)),
                ms(micros.getValueAtPercentile(99)),
                ms(micros.getValueAtPercentile(99.9)),
                ms(micros.getMaxValue()));
    }

    static double ms(long micros) {
        return micros / 1000.0;
    }
}
