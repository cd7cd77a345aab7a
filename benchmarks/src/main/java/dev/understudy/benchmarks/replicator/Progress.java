package dev.understudy.benchmarks.replicator;

import java.math.BigDecimal;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Looks how far a contender has come, at the price of a few index look-ups. */
final class Progress implements AutoCloseable {
    private final Connection connection;
    private final PreparedStatement select;

    Progress(Destination destination) throws SQLException {
        connection = destination.database().connect();
        select =
                connection.prepareStatement(
                        "SELECT %s, %s FROM %s WHERE %s = ANY (?) AND %s"
                                .formatted(
                                        destination.key(),
                                        destination.revenue(),
                                        destination.table(),
                                        destination.key(),
                                        destination.condition()));
    }

    /** How many events of the ladder are applied by now. */
    long of(Ladder ladder) throws SQLException {
        boolean further = true;
        while (further) {
            further = ladder.climb(found(ladder.next()));
        }
        return ladder.applied();
    }

    private Map<UUID, BigDecimal> found(List<UUID> keys) throws SQLException {
        Array array = connection.createArrayOf("uuid", keys.toArray());
        select.setArray(1, array);
        Map<UUID, BigDecimal> found = new HashMap<>();
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                found.put(row.getObject(1, UUID.class), row.getBigDecimal(2));
            }
        }
        return found;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
