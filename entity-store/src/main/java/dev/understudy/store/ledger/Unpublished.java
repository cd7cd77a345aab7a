package dev.understudy.store.ledger;

import dev.understudy.schemas.model.Catalog;
import dev.understudy.schemas.model.EntityKey;
import dev.understudy.schemas.model.EntityType;
import dev.understudy.store.EntityId;
import dev.understudy.store.StoreOptions;
import dev.understudy.store.sql.Transactions;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import javax.sql.DataSource;

/**
 * Owned entities with changes that were noted to be published later, by {@link
 * dev.understudy.store.StoreTransaction#publishLater}. Thread-safe.
 */
public final class Unpublished {
    private static final String COUNTS =
            "SELECT \"type\", count(*) FROM \"understudy\".\"unpublished\" GROUP BY \"type\"";
    private static final String TYPES =
            """
            SELECT t FROM unnest(?::text[]) AS owned (t)
            WHERE EXISTS (SELECT FROM "understudy"."unpublished" AS u WHERE u."type" = t)
            """;
    private static final String PAGE =
            """
            SELECT "key" FROM "understudy"."unpublished"
            WHERE "type" = ? AND "since" <= ? AND "key" > ? ORDER BY "key" LIMIT ?
            """;

    private final List<String> types;
    private final Transactions transactions;

    public Unpublished(DataSource dataSource, Catalog catalog) {
        this.types = catalog.types().stream().map(EntityType::fullName).toList();
        this.transactions =
                new Transactions(dataSource, StoreOptions.defaults(), ThreadLocalRandom::current);
    }

    /** The types of the catalog of which there are some; by an index, however many there are. */
    public List<String> types() {
        return transactions.read(
                "list unpublished types",
                connection -> {
                    try (PreparedStatement select = connection.prepareStatement(TYPES)) {
                        select.setArray(1, connection.createArrayOf("text", types.toArray()));
                        List<String> found = new ArrayList<>();
                        try (ResultSet row = select.executeQuery()) {
                            while (row.next()) {
                                found.add(row.getString(1));
                            }
                        }
                        return found;
                    }
                });
    }

    /** How many there are of each type. */
    public Map<String, Long> counts() {
        return transactions.read(
                "count unpublished entities",
                connection -> {
                    try (PreparedStatement select = connection.prepareStatement(COUNTS);
                            ResultSet row = select.executeQuery()) {
                        Map<String, Long> counts = new HashMap<>();
                        while (row.next()) {
                            counts.put(row.getString(1), row.getLong(2));
                        }
                        return counts;
                    }
                });
    }

    /**
     * Entities whose first unpublished change is no later than this, in the order of their keys'
     * text, beginning after one; at most {@code limit}.
     */
    public List<EntityId> page(
            EntityType type, Instant upTo, Optional<EntityKey> after, int limit) {
        return transactions.read(
                "list unpublished entities of " + type,
                connection -> {
                    try (PreparedStatement select = connection.prepareStatement(PAGE)) {
                        select.setString(1, type.fullName());
                        select.setObject(2, upTo.atOffset(ZoneOffset.UTC));
                        select.setString(3, after.map(EntityKey::text).orElse(""));
                        select.setInt(4, limit);
                        List<EntityId> ids = new ArrayList<>();
                        try (ResultSet row = select.executeQuery()) {
                            while (row.next()) {
                                ids.add(new EntityId(type, type.keyType().parse(row.getString(1))));
                            }
                        }
                        return ids;
                    }
                });
    }
}
