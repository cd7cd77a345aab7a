package dev.understudy.store.postgres;

import dev.understudy.schemas.model.Catalog;
import dev.understudy.schemas.model.EntityType;
import dev.understudy.store.sql.LostRaceException;
import dev.understudy.store.table.Tables;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;

/**
 * Who holds an alternate key after rows have let go of theirs by other statements than a store's.
 */
public final class AlternateKeySettlement {
    private final Claims claims;

    /** In the database of an instance. */
    public AlternateKeySettlement(Tables tables, Catalog catalog, String instance) {
        this.claims = new Claims(tables, catalog, instance);
    }

    /**
     * Gives every value that rows of these types cede to the one that is to hold it, in the
     * caller's transaction.
     *
     * @throws LostRaceException if somebody else came to hold one meanwhile
     */
    public void settle(Connection connection, Collection<EntityType> types) throws SQLException {
        try {
            claims.settle(connection, types);
        } catch (SQLException e) {
            if (claims.areTaken(e)) {
                throw new LostRaceException("somebody else came to hold an alternate key", e);
            }
            throw e;
        }
    }
}
