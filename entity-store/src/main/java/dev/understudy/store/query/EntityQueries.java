package dev.understudy.store.query;

import dev.understudy.schemas.model.Catalog;
import dev.understudy.schemas.model.EntityKey;
import dev.understudy.schemas.model.EntityType;
import dev.understudy.store.EntityId;
import dev.understudy.store.EntityRow;
import dev.understudy.store.sql.BinaryArrays;
import dev.understudy.store.sql.RowReader;
import dev.understudy.store.sql.SqlValues;
import dev.understudy.store.table.Table;
import dev.understudy.store.table.Tables;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Reads rows by conditions. Thread-safe. Every method throws {@link QueryException} where a query
 * takes too long or has values that cannot be, and {@link dev.understudy.store.StoreException} when
 * the database is away.
 */
public final class EntityQueries {
    private final Tables tables;
    private final QuerySql sql;
    private final Snapshots snapshots;

    /**
     * Queries of an instance's database.
     *
     * @param limit how long one of them may take
     */
    public EntityQueries(DataSource dataSource, Catalog catalog, Duration limit) {
        this.tables = new Tables(catalog);
        this.sql = new QuerySql(catalog, tables);
        this.snapshots = new Snapshots(dataSource, limit);
    }

    /** A page of rows. */
    public QueryPage page(EntityQuery query) {
        RowReader reader = new RowReader(tables.of(query.type()));
        // One more row than wanted tells whether there is a next page.
        EntityQuery more =
                new EntityQuery(
                        query.type(),
                        query.filter(),
                        query.order(),
                        query.after(),
                        query.skip(),
                        query.limit() + 1);
        int places = query.order().size() + 1;
        return snapshots.read(
                "query " + query.type(),
                sql.page(more, reader),
                result -> page(result, reader, places, query.limit()));
    }

    /** How many rows fulfil a condition. */
    public long count(EntityType type, Optional<Predicate> filter) {
        return snapshots.read(
                "count " + type,
                sql.count(type, filter),
                result -> {
                    result.next();
                    return result.getLong(1);
                });
    }

    /** Groups of rows. */
    public List<RowGroup> groups(GroupQuery query) {
        return snapshots.read(
                "group " + query.type(),
                sql.groups(query),
                result -> {
                    List<RowGroup> groups = new ArrayList<>();
                    while (result.next()) {
                        groups.add(group(query.by(), result));
                    }
                    return groups;
                });
    }

    /** The rows of those of these entities that have one; of an alias, that of its entity. */
    public Map<EntityId, EntityRow> rows(EntityType type, Collection<EntityKey> keys) {
        return snapshots.read(
                "read rows of " + type,
                connection -> {
                    Map<EntityId, EntityRow> rows = new HashMap<>();
                    Map<EntityKey, EntityId> aliases = new HashMap<>();
                    for (RowReader.Found found : found(connection, type, keys)) {
                        EntityKey entity = found.aliasOf();
                        if (entity == null) {
                            rows.put(found.row().id(), found.row());
                        } else {
                            aliases.put(entity, found.row().id());
                        }
                    }
                    if (!aliases.isEmpty()) {
                        for (RowReader.Found found : found(connection, type, aliases.keySet())) {
                            EntityId alias = aliases.get(found.row().id().key());
                            if (alias != null) {
                                rows.put(alias, found.row());
                            }
                        }
                    }
                    return rows;
                });
    }

    private List<RowReader.Found> found(
            Connection connection, EntityType type, Collection<EntityKey> keys)
            throws SQLException {
        Table table = tables.of(type);
        RowReader reader = new RowReader(table);
        String select =
                "SELECT %s FROM %s WHERE %s = ANY (?)"
                        .formatted(reader.columns(""), table.quoted(), table.key().quoted());
        try (PreparedStatement statement = connection.prepareStatement(select)) {
            statement.setArray(
                    1,
                    BinaryArrays.of(
                            connection,
                            table.key().type().element(),
                            List.copyOf(keys),
                            EntityKey::value));
            try (ResultSet result = statement.executeQuery()) {
                return reader.all(result);
            }
        }
    }

    private static QueryPage page(ResultSet result, RowReader reader, int places, int limit)
            throws SQLException {
        List<EntityRow> rows = new ArrayList<>();
        Optional<Place> last = Optional.empty();
        while (result.next()) {
            if (rows.size() == limit) {
                return new QueryPage(rows, last);
            }
            rows.add(reader.one(result).row());
            if (rows.size() == limit) {
                List<@Nullable String> values = new ArrayList<>();
                for (int i = 1; i <= places; i++) {
                    values.add(result.getString(reader.width() + i));
                }
                last = Optional.of(new Place(values));
            }
        }
        return new QueryPage(rows, Optional.empty());
    }

    private static RowGroup group(List<Operand.Stored> by, ResultSet result) throws SQLException {
        List<@Nullable Object> values = new ArrayList<>();
        for (Operand.Stored operand : by) {
            values.add(SqlValues.value(operand.field(), result, values.size() + 1));
        }
        return new RowGroup(values, result.getLong(by.size() + 1));
    }
}
