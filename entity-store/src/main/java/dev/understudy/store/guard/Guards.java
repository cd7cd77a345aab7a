package dev.understudy.store.guard;

import dev.understudy.schemas.model.Catalog;
import dev.understudy.store.StoreException;
import dev.understudy.store.StoreOptions;
import dev.understudy.store.sql.SqlFailure;
import dev.understudy.store.sql.Transactions;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.ThreadLocalRandom;
import javax.sql.DataSource;

/**
 * The SQL functions {@code understudy.guard} and {@code understudy.unguard}, by which a column of
 * any table gets its placeholders. They run without this process.
 */
public final class Guards {

    private Guards() {}

    /**
     * Creates or renews the functions, which then know the catalog's types. Idempotent.
     *
     * @throws StoreException retryable if the database is away; fatal if the role may not, or a
     *     type's table is not installed
     */
    public static void install(DataSource dataSource, Catalog catalog) {
        run(dataSource, "install the guards", GuardScripts.installation(catalog));
    }

    /**
     * Takes the guards off all tables, and drops the functions. Placeholders stay. Idempotent.
     *
     * @throws StoreException retryable if the database is away; fatal if the role does not own a
     *     guarded table
     */
    public static void remove(DataSource dataSource) {
        run(dataSource, "remove the guards", GuardScripts.removal());
    }

    /** What {@link #install} does, for a client such as {@code psql}. */
    public static String installationSql(Catalog catalog) {
        return inTransaction(GuardScripts.installation(catalog));
    }

    /** What {@link #remove} does, for a client such as {@code psql}. */
    public static String removalSql() {
        return inTransaction(GuardScripts.removal());
    }

    private static String inTransaction(String script) {
        return "BEGIN;\n" + script + "COMMIT;\n";
    }

    private static void run(DataSource dataSource, String doing, String script) {
        Transactions transactions =
                new Transactions(dataSource, StoreOptions.defaults(), ThreadLocalRandom::current);
        try {
            transactions.run(
                    doing,
                    connection -> {
                        try (Statement statement = connection.createStatement()) {
                            return statement.execute(script);
                        }
                    });
        } catch (SQLException e) {
            throw SqlFailure.fault(doing, e);
        }
    }
}
