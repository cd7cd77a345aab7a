package dev.understudy.benchmarks.store;

import dev.understudy.schemas.event.ChangeEvent;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;

/** A way to write rows. Used by several threads at once. */
public interface Contender {
    String name();

    /** Writes and commits a batch of different rows. */
    void write(DataSource pool, List<ChangeEvent> batch) throws SQLException;
}
