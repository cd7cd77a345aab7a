package dev.understudy.store.ledger;

import dev.understudy.schemas.model.Catalog;
import dev.understudy.schemas.model.EntityField;
import dev.understudy.schemas.model.EntityKey;
import dev.understudy.schemas.model.EntityType;
import dev.understudy.store.AlternateId;
import dev.understudy.store.EntityId;
import dev.understudy.store.StoreOptions;
import dev.understudy.store.sql.SqlValues;
import dev.understudy.store.sql.Transactions;
import dev.understudy.store.table.Table;
import dev.understudy.store.table.Tables;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;

/**
 * The placeholders of each type and the rows that refer to them. Counts and pages come from the
 * index of placeholders, whatever the size of the table. Thread-safe; every method throws {@link
 * dev.understudy.store.StoreException} when the database is away.
 */
public final class PlaceholderLedger {
    private static final String COUNTS =
            """
            SELECT count(*), min("_placed_at"), %s FROM ${table} WHERE "_state" = 'p'
            """
                    .formatted(
                            Stream.of(Age.values())
                                    .map(PlaceholderLedger::youngerThan)
                                    .collect(Collectors.joining(", ")));

    private static final String FIRST_PAGE =
            """
            SELECT ${key}, "_placed_at" FROM ${table} WHERE "_state" = 'p'
            ORDER BY "_placed_at", ${key} LIMIT ?
            """;

    private static final String NEXT_PAGE =
            """
            SELECT ${key}, "_placed_at" FROM ${table}
            WHERE "_state" = 'p' AND ("_placed_at", ${key}) > (?, ?)
            ORDER BY "_placed_at", ${key} LIMIT ?
            """;

    private static final String BETWEEN =
            """
            SELECT ${key}, "_placed_at" FROM ${table}
            WHERE "_state" = 'p' AND "_placed_at" >= ? AND "_placed_at" < ?
            ORDER BY "_placed_at", ${key} LIMIT ?
            """;

    private final Tables tables;
    private final Transactions transactions;
    private final KnownAlternates alternates;
    private final Referrals referrals;

    public PlaceholderLedger(DataSource dataSource, Catalog catalog) {
        this.tables = new Tables(catalog);
        this.transactions =
                new Transactions(dataSource, StoreOptions.defaults(), ThreadLocalRandom::current);
        this.alternates = new KnownAlternates(tables, transactions);
        this.referrals = new Referrals(catalog, tables, transactions);
    }

    /** How many there are, and how old. */
    public PlaceholderCounts counts(EntityType type) {
        return transactions.read(
                "count placeholders of " + type,
                connection -> {
                    try (PreparedStatement select =
                                    connection.prepareStatement(sql(COUNTS, tables.of(type)));
                            ResultSet row = select.executeQuery()) {
                        row.next();
                        return counts(row);
                    }
                });
    }

    /** Placeholders from the oldest, beginning after one; at most {@code limit}. */
    public List<PlacedEntity> page(EntityType type, Optional<PlacedEntity> after, int limit) {
        String sql = sql(after.isPresent() ? NEXT_PAGE : FIRST_PAGE, tables.of(type));
        return transactions.read(
                "list placeholders of " + type,
                connection -> {
                    try (PreparedStatement select = connection.prepareStatement(sql)) {
                        int index = 1;
                        if (after.isPresent()) {
                            select.setObject(
                                    index++, after.get().placedAt().atOffset(ZoneOffset.UTC));
                            select.setObject(index++, after.get().id().key().value());
                        }
                        select.setInt(index, limit);
                        return placed(type, select);
                    }
                });
    }

    /** Placeholders of a time, from the oldest; at most {@code limit}. */
    public List<PlacedEntity> placedBetween(
            EntityType type, Instant from, Instant before, int limit) {
        return transactions.read(
                "list placeholders of " + type,
                connection -> {
                    try (PreparedStatement select =
                            connection.prepareStatement(sql(BETWEEN, tables.of(type)))) {
                        select.setObject(1, from.atOffset(ZoneOffset.UTC));
                        select.setObject(2, before.atOffset(ZoneOffset.UTC));
                        select.setInt(3, limit);
                        return placed(type, select);
                    }
                });
    }

    /**
     * The alternate keys by which placeholders are known, where their own keys are provisional.
     *
     * @return without those of these entities that are no such placeholders
     */
    public Map<EntityId, List<AlternateId>> alternates(Collection<EntityId> ids) {
        return alternates.of(ids);
    }

    /** The time by the clock that placements are noted by. */
    public Instant time() {
        return transactions.read(
                "read the time",
                connection -> {
                    try (PreparedStatement select =
                                    connection.prepareStatement("SELECT clock_timestamp()");
                            ResultSet row = select.executeQuery()) {
                        row.next();
                        return SqlValues.instant(row, 1);
                    }
                });
    }

    /** For each field that refers to the type, how many rows refer to a placeholder in it. */
    public List<ReferrerCount> referrers(EntityType type) {
        return referrals.counts(type);
    }

    /** For each field that refers to the entity's type, how many rows refer to it in it. */
    public List<ReferrerCount> referrers(EntityId id) {
        return referrals.counts(id);
    }

    /**
     * The keys of the rows of a type that refer to an entity in a field, in the database's order,
     * beginning after one; at most {@code limit}.
     */
    public List<EntityKey> referrers(
            EntityId id,
            EntityType referring,
            EntityField field,
            Optional<EntityKey> after,
            int limit) {
        return referrals.page(id, referring, field, after, limit);
    }

    private static PlaceholderCounts counts(ResultSet row) throws SQLException {
        long all = row.getLong(1);
        Optional<Instant> oldest =
                all == 0 ? Optional.empty() : Optional.of(SqlValues.instant(row, 2));
        Map<Age, Long> byAge = new EnumMap<>(Age.class);
        long younger = 0;
        int column = 3;
        for (Age age : Age.values()) {
            long upTo = row.getLong(column++);
            byAge.put(age, upTo - younger);
            younger = upTo;
        }
        return new PlaceholderCounts(all, oldest, byAge);
    }

    private static String youngerThan(Age age) {
        return "count(*) FILTER (WHERE \"_placed_at\" > now() - interval '%d s')"
                .formatted(age.limit().toSeconds());
    }

    private static List<PlacedEntity> placed(EntityType type, PreparedStatement select)
            throws SQLException {
        List<PlacedEntity> placed = new ArrayList<>();
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                EntityKey key = SqlValues.key(type.keyType(), row, 1);
                placed.add(new PlacedEntity(new EntityId(type, key), SqlValues.instant(row, 2)));
            }
        }
        return placed;
    }

    private static String sql(String template, Table table) {
        return template.replace("${table}", table.quoted()).replace("${key}", table.key().quoted());
    }
}
