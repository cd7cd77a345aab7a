package dev.understudy.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.understudy.sandbox.Database;
import dev.understudy.sandbox.PostgresServer;
import dev.understudy.store.install.StoreSchema;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** A fresh database on a real server, behind a pool. */
final class TestDatabase implements AutoCloseable {
    private final HikariDataSource pool;

    TestDatabase() {
        Database database = PostgresServer.shared().freshDatabase();
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(database.jdbcUrl());
        config.setUsername(database.user());
        config.setPassword(database.password());
        config.setMaximumPoolSize(10);
        config.setMinimumIdle(1);
        pool = new HikariDataSource(config);
    }

    /** With the tables of the contoso catalog. */
    static TestDatabase withContoso() {
        TestDatabase database = new TestDatabase();
        StoreSchema.install(database.dataSource(), Contoso.CATALOG);
        return database;
    }

    DataSource dataSource() {
        return pool;
    }

    void execute(String sql) {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** The first column. */
    List<String> query(String sql) {
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
