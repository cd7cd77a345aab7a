package dev.understudy.store.digest;

import dev.understudy.schemas.model.Catalog;
import dev.understudy.schemas.model.EntityType;
import dev.understudy.store.EntityId;
import dev.understudy.store.RecordState;
import dev.understudy.store.StoreOptions;
import dev.understudy.store.ledger.PlacedEntity;
import dev.understudy.store.ledger.PlaceholderLedger;
import dev.understudy.store.purge.VersionFloors;
import dev.understudy.store.sql.SqlFailure;
import dev.understudy.store.sql.SqlValues;
import dev.understudy.store.sql.Transactions;
import dev.understudy.store.table.Table;
import dev.understudy.store.table.Tables;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** A database that this process is connected to. Reads only, a transaction for each answer. */
public final class DatabaseSide implements DigestSide {
    /** Of a table's pages, about so many bytes are looked at to cut it. */
    private static final double SAMPLED_BYTES = 32 << 20;

    /** And no less than this part of them, so that each part of the table has its sample. */
    private static final double LEAST_PERCENT = 1;

    private final Catalog catalog;
    private final Tables tables;
    private final Transactions transactions;
    private final PlaceholderLedger ledger;
    private final int workers;

    /**
     * @param workers processes of the server that may scan a table together, from 1; the server's
     *     own limits hold, too
     */
    public DatabaseSide(DataSource dataSource, Catalog catalog, int workers) {
        if (workers < 1 || workers > 64) {
            throw new IllegalArgumentException("1 to 64 workers scan a table, not " + workers);
        }
        this.catalog = catalog;
        this.tables = new Tables(catalog);
        this.transactions =
                new Transactions(dataSource, StoreOptions.defaults(), ThreadLocalRandom::current);
        this.ledger = new PlaceholderLedger(dataSource, catalog);
        this.workers = workers;
    }

    @Override
    public TypeDescription describe(String type) {
        Table table = tables.of(type);
        Map<String, String> fields =
                table.columns().stream()
                        .filter(column -> !column.equals(table.key()))
                        .collect(
                                Collectors.toMap(
                                        column -> column.field().name(),
                                        column -> column.type().element()));
        return read(
                "describe " + type,
                connection ->
                        new TypeDescription(
                                type,
                                table.key().type().element(),
                                fields,
                                VersionFloors.of(connection, type).number(),
                                catalog.entry(type).kept().condition().notation()));
    }

    @Override
    public List<String> cut(DigestScope scope, KeyRange range, int rowsPerPart) {
        Table table = tables.of(scope.type());
        return read(
                "cut " + scope.type(),
                connection -> {
                    double percent = range.equals(KeyRange.ALL) ? percent(connection, table) : 100;
                    String sql = new DigestSql(table, scope).cut(range, percent);
                    try (PreparedStatement select = connection.prepareStatement(sql)) {
                        int index = bind(select, 1, range);
                        select.setLong(index, Math.max(1, (long) (rowsPerPart * percent / 100)));
                        List<String> keys = new ArrayList<>();
                        try (ResultSet row = select.executeQuery()) {
                            while (row.next()) {
                                keys.add(row.getString(1));
                            }
                        }
                        return keys;
                    }
                });
    }

    @Override
    public List<RangeSum> sums(DigestScope scope, KeyRange range, List<String> boundaries) {
        Table table = tables.of(scope.type());
        return read(
                "sum up " + scope.type(),
                connection -> {
                    String sql = new DigestSql(table, scope).sums(range);
                    try (PreparedStatement select = connection.prepareStatement(sql)) {
                        bind(connection, select, boundaries);
                        bind(select, 2, range);
                        return sums(select, boundaries.size() + 1);
                    }
                });
    }

    @Override
    public List<RowDigest> rows(DigestScope scope, KeyRange range, int limit) {
        Table table = tables.of(scope.type());
        return read(
                "read rows of " + scope.type(),
                connection -> {
                    String sql = new DigestSql(table, scope).rows(range);
                    try (PreparedStatement select = connection.prepareStatement(sql)) {
                        select.setInt(bind(select, 1, range), limit);
                        return rows(select);
                    }
                });
    }

    @Override
    public List<RowDigest> rows(DigestScope scope, List<String> keys) {
        Table table = tables.of(scope.type());
        return read(
                "read rows of " + scope.type(),
                connection -> {
                    String sql = new DigestSql(table, scope).rowsOfKeys();
                    try (PreparedStatement select = connection.prepareStatement(sql)) {
                        bind(connection, select, keys);
                        return rows(select);
                    }
                });
    }

    @Override
    public List<PlacedKey> placeholders(String type, @Nullable PlacedKey after, int limit) {
        EntityType entityType = tables.of(type).type();
        Optional<PlacedEntity> last =
                Optional.ofNullable(after)
                        .map(placed ->
                                new PlacedEntity(
                                        new EntityId(
                                                entityType,
                                                entityType.keyType().parse(placed.key())),
                                        placed.placedAt()));
        return ledger.page(entityType, last, limit).stream()
                .map(placed -> new PlacedKey(placed.id().key().text(), placed.placedAt()))
                .toList();
    }

    private <T> T read(String doing, Transactions.Work<T> work) {
        try {
            return transactions.run(
                    doing,
                    connection -> {
                        try (Statement statement = connection.createStatement()) {
                            statement.execute("SET TRANSACTION READ ONLY");
                            statement.execute(
                                    "SET LOCAL max_parallel_workers_per_gather = " + (workers - 1));
                        }
                        return work.run(connection);
                    });
        } catch (SQLException e) {
            throw SqlFailure.fault(doing, e);
        }
    }

    private static double percent(Connection connection, Table table) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT pg_relation_size(?::regclass)")) {
            select.setString(1, table.quoted());
            try (ResultSet row = select.executeQuery()) {
                row.next();
                double bytes = Math.max(1, row.getLong(1));
                return Math.clamp(100 * SAMPLED_BYTES / bytes, LEAST_PERCENT, 100);
            }
        }
    }

    private static void bind(Connection connection, PreparedStatement select, List<String> keys)
            throws SQLException {
        select.setArray(1, connection.createArrayOf("text", keys.toArray()));
    }

    private static int bind(PreparedStatement select, int first, KeyRange range)
            throws SQLException {
        int index = first;
        if (range.from() != null) {
            select.setString(index++, range.from());
        }
        if (range.to() != null) {
            select.setString(index++, range.to());
        }
        return index;
    }

    private static List<RangeSum> sums(PreparedStatement select, int parts) throws SQLException {
        RangeSum[] sums = new RangeSum[parts];
        Arrays.fill(sums, RangeSum.EMPTY);
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                sums[row.getInt(1)] = new RangeSum(row.getLong(2), whole(row, 3), whole(row, 4));
            }
        }
        return List.of(sums);
    }

    private static BigInteger whole(ResultSet row, int index) throws SQLException {
        BigDecimal sum = row.getBigDecimal(index);
        return sum.toBigIntegerExact();
    }

    private static List<RowDigest> rows(PreparedStatement select) throws SQLException {
        List<RowDigest> rows = new ArrayList<>();
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                rows.add(
                        new RowDigest(
                                row.getString(1),
                                RecordState.of(row.getString(2)),
                                row.getLong(3),
                                row.getInt(4),
                                row.getString(5),
                                SqlValues.instant(row, 6)));
            }
        }
        return rows;
    }
}
