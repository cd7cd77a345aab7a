package dev.understudy.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.schemas.UnderstudyException;
import dev.understudy.store.install.StoreSchema;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A migration whose session dies, at every one of its statements in turn. */
@Timeout(300)
final class CrashedMigrationIT {
    private final Shop first = Shop.of(Shop.FIRST);
    private final Shop second = Shop.of(Shop.SECOND);

    @Test
    void nextRunFinishesWhateverTheStatementItDiedAt() {
        int crashes = 0;
        boolean crashed = true;
        List<String> wanted = List.of();
        for (int statement = 0; crashed; statement++) {
            try (TestDatabase database = new TestDatabase()) {
                StoreSchema.install(database.dataSource(), first.catalog());
                database.execute(
                        """
                        INSERT INTO shop.item (id, name, count, kind, peer, _state, _version,
                            _changed_at)
                        SELECT 'k' || n, 'n', n, 'A', 'm' || n, 'h', 1, now()
                        FROM generate_series(1, 20) n
                        """);
                crashed = !installs(dyingAt(database, statement));
                crashes += crashed ? 1 : 0;
                StoreSchema.install(database.dataSource(), second.catalog());
                List<String> definition = database.query(EvolutionIT.DEFINITION);
                wanted = wanted.isEmpty() ? definition : wanted;
                assertThat(definition).as("died at statement %d", statement).isEqualTo(wanted);
                assertThat(database.query("SELECT count(*) FROM shop.item WHERE _state = 'p'"))
                        .containsExactly("20");
            }
        }
        assertThat(crashes).isGreaterThan(20);
    }

    private boolean installs(DataSource dataSource) {
        try {
            StoreSchema.install(dataSource, second.catalog());
            return true;
        } catch (UnderstudyException e) {
            return false;
        }
    }

    /** Its sessions are ended by the server before a statement is executed. */
    private static DataSource dyingAt(TestDatabase database, int last) {
        int[] left = {last};
        return (DataSource)
                proxy(
                        DataSource.class,
                        database.dataSource(),
                        connection -> {
                            Connection real = (Connection) connection;
                            return proxy(
                                    Connection.class,
                                    real,
                                    statement ->
                                            statement instanceof Statement
                                                    ? proxyOfStatement(
                                                            database, real, statement, left)
                                                    : statement);
                        });
    }

    private static Object proxyOfStatement(
            TestDatabase database, Connection connection, Object statement, int[] left) {
        Class<?> type =
                statement instanceof java.sql.PreparedStatement
                        ? java.sql.PreparedStatement.class
                        : Statement.class;
        return Proxy.newProxyInstance(
                CrashedMigrationIT.class.getClassLoader(),
                new Class<?>[] {type},
                (_, method, arguments) -> {
                    if (method.getName().startsWith("execute") && left[0]-- == 0) {
                        int pid =
                                connection
                                        .unwrap(org.postgresql.PGConnection.class)
                                        .getBackendPID();
                        database.query("SELECT pg_terminate_backend(" + pid + ", 5000)");
                    }
                    return call(method, statement, arguments);
                });
    }

    /** What a call returned, or something in its place. */
    private interface Wrapping {
        Object wrap(Object returned);
    }

    private static Object proxy(Class<?> type, Object real, Wrapping wrapping) {
        return Proxy.newProxyInstance(
                CrashedMigrationIT.class.getClassLoader(),
                new Class<?>[] {type},
                (_, method, arguments) -> {
                    Object returned = call(method, real, arguments);
                    return returned == null ? null : wrapping.wrap(returned);
                });
    }

    private static Object call(java.lang.reflect.Method method, Object on, Object[] arguments)
            throws Throwable {
        try {
            return method.invoke(on, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
