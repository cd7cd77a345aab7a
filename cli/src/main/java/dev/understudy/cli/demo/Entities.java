package dev.understudy.cli.demo;

/** The accounts and contacts that play: some come before the outage, the rest during it. */
interface Entities {
    /** What they are, for the first line of the demo. */
    String description();

    /** Puts the first of them into the source. */
    Created createFirst(Stage stage);

    /** Puts the rest of them into the source. */
    Created createRest(Stage stage);

    /** What the source took; {@code seen} says it for the outcome. */
    record Created(long accounts, long contacts, boolean complete, String seen) {}
}
