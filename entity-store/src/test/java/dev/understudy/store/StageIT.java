package dev.understudy.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.understudy.schemas.event.ChangeEvent;
import dev.understudy.schemas.model.EntityContent;
import dev.understudy.store.install.StoreSchema;
import dev.understudy.store.postgres.PostgresEntityStore;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The temporary table that a large batch is copied into. */
@Timeout(60)
final class StageIT {
    private static final int ROWS = 1000;

    private static final String STAGES =
            "SELECT oid::regclass FROM pg_class WHERE relpersistence = 't' AND relkind = 'r'";

    private final TestDatabase database = new TestDatabase();
    private final Shop first = Shop.of(Shop.FIRST);
    private final Shop second = Shop.of(Shop.SECOND);

    @BeforeEach
    void install() {
        StoreSchema.install(database.dataSource(), first.catalog());
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void roleThatMayNotHaveOneAppliesLargeBatches() {
        String role = "plain_" + UUID.randomUUID().toString().replace("-", "");
        database.execute(
                """
                DO $$ BEGIN
                    EXECUTE format('REVOKE TEMPORARY ON DATABASE %%I FROM PUBLIC', current_database());
                END $$;
                CREATE ROLE %1$s;
                GRANT USAGE ON SCHEMA shop, understudy TO %1$s;
                GRANT ALL ON ALL TABLES IN SCHEMA shop, understudy TO %1$s
                """
                        .formatted(role));
        try {
            assertThat(apply(database.dataSourceWith(Map.of("role", role)), first, 1))
                    .hasSize(ROWS)
                    .hasOnlyElementsOfType(Outcome.Applied.class);
            assertThat(hydrated()).containsExactly("1000");
            assertThat(database.query(STAGES)).isEmpty();
        } finally {
            database.execute("RESET role; DROP OWNED BY %1$s; DROP ROLE %1$s".formatted(role));
        }
    }

    @Test
    void migratedTypeGetsAnotherInTheSameSession() throws SQLException {
        HikariConfig one = new HikariConfig();
        database.dataSource().unwrap(HikariDataSource.class).copyStateTo(one);
        one.setMaximumPoolSize(1);
        try (HikariDataSource session = new HikariDataSource(one)) {
            apply(session, first, 1);
            assertThat(database.query(STAGES)).hasSize(1);

            StoreSchema.install(database.dataSource(), second.catalog());
            assertThat(apply(session, second, 2))
                    .hasSize(ROWS)
                    .hasOnlyElementsOfType(Outcome.Applied.class);
            assertThat(database.query(STAGES)).hasSize(2).doesNotHaveDuplicates();
            assertThat(hydrated()).containsExactly("1000");
            assertThat(
                            database.query(
                                    "SELECT DISTINCT relnamespace FROM pg_class"
                                            + " WHERE relpersistence = 't' AND relkind = 'r'"))
                    .hasSize(1);
        }
    }

    private static List<Outcome> apply(DataSource dataSource, Shop shop, long version) {
        List<ChangeEvent> events =
                IntStream.range(0, ROWS)
                        .mapToObj(i -> Shop.upserted(content(shop, i), version))
                        .toList();
        return new PostgresEntityStore(dataSource, shop.catalog(), "europe").apply(events);
    }

    private static EntityContent content(Shop shop, int row) {
        return shop.type().field("grade").isPresent()
                ? Contoso.with(shop.item("k" + row, "n"), "grade", "best")
                : shop.item("k" + row, "n");
    }

    private List<String> hydrated() {
        return database.query("SELECT count(*) FROM shop.item WHERE _state = 'h'");
    }
}
