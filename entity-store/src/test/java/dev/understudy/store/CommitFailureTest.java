package dev.understudy.store;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.understudy.store.sql.Transactions;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** What is known after a commit that failed, and what is not. */
final class CommitFailureTest {
    @Test
    void noOneKnowsWhatBecameOfACommitThatWasNotAnswered() {
        assertThatThrownBy(() -> run(new SQLException("connection lost", "08006")))
                .isInstanceOf(OutcomeUnknownException.class)
                .hasMessageContainingAll("write a row", "connection lost");
    }

    @Test
    void aCommitThatLostARaceHasWrittenNothing() {
        assertThatThrownBy(() -> run(new SQLException("serialization failure", "40001")))
                .isExactlyInstanceOf(StoreException.class);
    }

    @Test
    void aCommitThatWasRefusedIsToldAsARefusal() {
        assertThatThrownBy(() -> run(new SQLException("no such account", "23503")))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("no such account");
    }

    private static void run(SQLException atCommit) throws SQLException {
        PGSimpleDataSource dataSource =
                new PGSimpleDataSource() {
                    private static final long serialVersionUID = 1L;

                    @Override
                    public Connection getConnection() {
                        return connection(atCommit);
                    }
                };
        new Transactions(dataSource, StoreOptions.defaults(), () -> new Random(1))
                .run("write a row", _ -> "done");
    }

    /** It does nothing, and fails at the commit. */
    private static Connection connection(SQLException atCommit) {
        return fake(
                Connection.class,
                (_, method, _) ->
                        switch (method.getName()) {
                            case "commit" -> throw atCommit;
                            case "prepareStatement" ->
                                    fake(PreparedStatement.class, (_, _, _) -> false);
                            default -> null;
                        });
    }

    private static <T> T fake(Class<T> type, InvocationHandler handler) {
        return type.cast(
                Proxy.newProxyInstance(
                        CommitFailureTest.class.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
