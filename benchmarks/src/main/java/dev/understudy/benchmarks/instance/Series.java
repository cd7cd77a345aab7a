package dev.understudy.benchmarks.instance;

import java.io.IOException;

/** Tickets that go on where the last load of them ended. */
final class Series {
    private Work work;

    Series(Work first) {
        work = first;
    }

    /** What writes some of them. */
    @FunctionalInterface
    interface Writing {
        Load of(Work work) throws IOException, InterruptedException;
    }

    Load run(Writing writing) throws IOException, InterruptedException {
        Load load = writing.of(work);
        work = work.from(work.first() + (int) load.rows());
        return load;
    }
}
