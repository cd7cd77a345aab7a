package dev.understudy.cli.demo;

/** One thing that an act promises. */
record Check(String promise, boolean held, String seen) {
    /** A promise that two numbers are equal, and above zero. */
    static Check count(String promise, long expected, long seen) {
        return new Check(
                promise, expected == seen && seen > 0, "%,d of %,d".formatted(seen, expected));
    }
}
