package dev.understudy.benchmarks.replicator;

import dev.understudy.sandbox.Database;
import java.sql.SQLException;

/** One that carries a topic's entities into a table. */
interface Contender {
    String name();

    /** Makes its empty table. */
    Destination destination(Database database, String owner) throws SQLException;

    /** Starts it at the beginning of the topic that an owner publishes. */
    Workers start(Infrastructure infrastructure, Destination destination, String owner);
}
