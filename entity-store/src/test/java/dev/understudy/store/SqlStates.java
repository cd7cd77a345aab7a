package dev.understudy.store;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import javax.sql.DataSource;

/** Counts by SQLSTATE the failures of all statements that run over its data source. */
public final class SqlStates {
    public static final String DEADLOCK = "40P01";
    public static final String UNIQUE_VIOLATION = "23505";

    private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();
    private final DataSource dataSource;

    public SqlStates(DataSource counted) {
        this.dataSource = watched(DataSource.class, counted);
    }

    public DataSource dataSource() {
        return dataSource;
    }

    public long count(String sqlState) {
        return counts.getOrDefault(sqlState, new LongAdder()).sum();
    }

    @Override
    public String toString() {
        return new TreeMap<>(counts).toString();
    }

    private <T> T watched(Class<T> type, T target) {
        InvocationHandler handler =
                (_, method, arguments) -> {
                    try {
                        Object result = method.invoke(target, arguments);
                        if (result instanceof Connection connection
                                && method.getReturnType() == Connection.class) {
                            return watched(Connection.class, connection);
                        } else if (result instanceof Statement statement) {
                            return watched(
                                    method.getReturnType().asSubclass(Statement.class), statement);
                        }
                        return result;
                    } catch (InvocationTargetException e) {
                        if (e.getCause() instanceof SQLException failure) {
                            counts.computeIfAbsent(
                                            String.valueOf(failure.getSQLState()),
                                            _ -> new LongAdder())
                                    .increment();
                        }
                        throw e.getCause();
                    }
                };
        return type.cast(
                Proxy.newProxyInstance(
                        SqlStates.class.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
