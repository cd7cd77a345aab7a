package dev.understudy.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.understudy.sandbox.Database;
import dev.understudy.sandbox.PostgresServer;
import dev.understudy.sandbox.PostgresVersion;
import dev.understudy.store.install.StoreSchema;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/** A fresh database on a real server, behind a pool. */
public final class TestDatabase implements AutoCloseable {
    private final HikariDataSource pool;

    public TestDatabase() {
        this(PostgresServer.shared());
    }

    /** On the server of the given release, whichever the other tests run on. */
    public TestDatabase(PostgresVersion version) {
        this(PostgresServer.shared(version));
    }

    private TestDatabase(PostgresServer server) {
        this(server.freshDatabase());
    }

    /** One that is there. */
    TestDatabase(Database database) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(database.jdbcUrl());
        config.setUsername(database.user());
        config.setPassword(database.password());
        config.setMaximumPoolSize(10);
        config.setMinimumIdle(1);
        pool = new HikariDataSource(config);
    }

    /** With the tables of the contoso catalog. */
    public static TestDatabase withContoso() {
        TestDatabase database = new TestDatabase();
        StoreSchema.install(database.dataSource(), Contoso.CATALOG);
        return database;
    }

    public DataSource dataSource() {
        return pool;
    }

    /** The same, with settings of its own in every connection that it gives out. */
    DataSource dataSourceWith(Map<String, String> settings) {
        String set =
                settings.entrySet().stream()
                        .map(setting ->
                                "SELECT set_config('%s', '%s', false)"
                                        .formatted(setting.getKey(), setting.getValue()))
                        .collect(Collectors.joining("; "));
        return (DataSource)
                Proxy.newProxyInstance(
                        DataSource.class.getClassLoader(),
                        new Class<?>[] {DataSource.class},
                        (_, _, _) -> {
                            Connection connection = pool.getConnection();
                            try (Statement statement = connection.createStatement()) {
                                statement.execute(set);
                            }
                            return connection;
                        });
    }

    public void execute(String sql) {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** The first column. */
    public List<String> query(String sql) {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            List<String> values = new ArrayList<>();
            while (row.next()) {
                values.add(row.getString(1));
            }
            return values;
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    @Override
    public void close() {
        pool.close();
    }
}
