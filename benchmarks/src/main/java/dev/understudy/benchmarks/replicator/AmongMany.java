package dev.understudy.benchmarks.replicator;

import dev.understudy.sandbox.Database;
import java.sql.SQLException;
import java.util.Locale;

/** A contender into a table in which many rows are already. */
record AmongMany(Ours ours, long present) implements Contender {
    @Override
    public String name() {
        return String.format(Locale.ROOT, "%s, %,d present", ours.name(), present);
    }

    @Override
    public Destination destination(Database database, String owner) throws SQLException {
        return PresentRows.into(ours.destination(database, owner), present);
    }

    @Override
    public Workers start(Infrastructure infrastructure, Destination destination, String owner) {
        return ours.start(infrastructure, destination, owner);
    }
}
