package dev.understudy.store.install;

import dev.understudy.schemas.UnderstudyException.Severity;
import dev.understudy.schemas.model.ModelException;
import dev.understudy.store.StoreException;
import dev.understudy.store.sql.SqlFailure;
import dev.understudy.store.table.Table;
import dev.understudy.store.table.UniqueKey;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes steps, beside readers and writers. */
final class Migration {
    private static final Logger LOG = LoggerFactory.getLogger(Migration.class);
    private static final int BATCH_ROWS = 1000;

    /** More, since for each batch the whole table is read and sorted. */
    private static final int CEDED_BATCH_ROWS = 10_000;

    /** In the order of keys, as every writer takes locks. */
    private static final String PLACE =
            """
            WITH missing AS (
                SELECT DISTINCT r.${column} AS k FROM ${table} r
                WHERE r.${column} IS NOT NULL ${after}
                    AND NOT EXISTS (SELECT FROM ${target} t WHERE t.${key} = r.${column})
                ORDER BY 1 LIMIT ${batch}),
            placed AS (
                INSERT INTO ${target} (${key}, "_state", "_version", "_placed_at", "_changed_at")
                SELECT k, 'p', 0, now(), now() FROM missing ORDER BY k
                ON CONFLICT (${key}) DO NOTHING)
            SELECT k FROM missing ORDER BY k DESC LIMIT 1
            """;

    /** The highest position keeps it, as when events come; what the others hold is flagged. */
    private static final String CEDE =
            """
            WITH holder AS (
                SELECT ${key} AS k, row_number() OVER (
                    PARTITION BY ${columns}
                    ORDER BY coalesce("_epoch", -1) DESC, coalesce("_lsn", -1) DESC, ${key}) AS place
                FROM ${table} WHERE ${held}),
            locked AS MATERIALIZED (
                SELECT l.${key} AS k FROM ${table} AS l
                JOIN holder ON holder.place > 1 AND l.${key} = holder.k
                ORDER BY l.${key} LIMIT ${batch} FOR NO KEY UPDATE OF l)
            UPDATE ${table} AS t SET "_ceded" = t."_ceded" | ${bit}
            FROM locked WHERE t.${key} = locked.k
            """;

    private final DdlSession session;

    Migration(DdlSession session) {
        this.session = session;
    }

    void take(List<Step> steps) throws SQLException {
        for (Step step : steps) {
            LOG.info("Migrating: {}", step);
            switch (step) {
                case Step.Brief(String sql) -> session.brief(sql);
                case Step.Scan(String sql) -> scan(sql);
                case Step.Cede(Table table, UniqueKey key) -> cede(table, key);
                case Step.Build(Index index) -> build(index);
                case Step.Place place -> place(place);
            }
        }
    }

    private void scan(String sql) throws SQLException {
        try {
            session.patient(sql);
        } catch (SQLException e) {
            if (SqlFailure.of(e) == SqlFailure.REFUSED) {
                throw new ModelException(
                        "rows that are there do not fit: " + SqlFailure.message(e), e);
            }
            throw e;
        }
    }

    private void cede(Table table, UniqueKey key) throws SQLException {
        String sql =
                CEDE.replace("${table}", table.quoted())
                        .replace("${key}", table.key().quoted())
                        .replace("${columns}", key.columnList(""))
                        .replace("${held}", key.held(""))
                        .replace("${bit}", String.valueOf(key.bit()))
                        .replace("${batch}", String.valueOf(CEDED_BATCH_ROWS));
        int ceded;
        do {
            ceded = session.inTurns(() -> update(sql));
        } while (ceded == CEDED_BATCH_ROWS);
    }

    private int update(String sql) throws SQLException {
        try (Statement statement = session.connection().createStatement()) {
            return statement.executeUpdate(sql);
        }
    }

    private void build(Index index) throws SQLException {
        session.patient(index.dropConcurrently());
        try {
            session.patient(index.createConcurrently());
        } catch (SQLException e) {
            // Otherwise every write would go on paying for what no reader may use.
            session.patient(index.dropConcurrently());
            if (SqlFailure.of(e) == SqlFailure.REFUSED) {
                throw new StoreException(
                        Severity.RETRYABLE, "rows came meanwhile: " + SqlFailure.message(e), e);
            }
            throw e;
        }
    }

    private void place(Step.Place place) throws SQLException {
        Optional<Object> last = Optional.empty();
        do {
            Optional<Object> after = last;
            last = session.inTurns(() -> place(place, after));
        } while (last.isPresent());
    }

    /** The highest key of the batch, if there was any. */
    private Optional<Object> place(Step.Place place, Optional<Object> after) throws SQLException {
        Table target = place.target();
        String column = place.reference().quoted();
        String sql =
                PLACE.replace("${table}", place.table().quoted())
                        .replace("${after}", after.isEmpty() ? "" : "AND r." + column + " > ?")
                        .replace("${column}", column)
                        .replace("${target}", target.quoted())
                        .replace("${key}", target.key().quoted())
                        .replace("${batch}", String.valueOf(BATCH_ROWS));
        try (PreparedStatement statement = session.connection().prepareStatement(sql)) {
            if (after.isPresent()) {
                statement.setObject(1, after.get());
            }
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? Optional.of(row.getObject(1)) : Optional.empty();
            }
        }
    }
}
