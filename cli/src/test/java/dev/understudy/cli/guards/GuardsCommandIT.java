package dev.understudy.cli.guards;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.cli.Understudy;
import dev.understudy.sandbox.Database;
import dev.understudy.sandbox.EntityTypes;
import dev.understudy.sandbox.PostgresServer;
import dev.understudy.schemas.model.Catalog;
import dev.understudy.schemas.model.SchemaFiles;
import dev.understudy.store.install.StoreSchema;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.postgresql.ds.PGSimpleDataSource;
import picocli.CommandLine;

/** The command against a database that has the entities' tables. */
@Timeout(120)
final class GuardsCommandIT {
    private static final String EVERYTHING =
            """
            SELECT 'function ' || oid::regprocedure FROM pg_proc
                WHERE pronamespace = 'understudy'::regnamespace
            UNION SELECT 'relation ' || oid::regclass || coalesce(relacl::text, '') FROM pg_class
                WHERE relnamespace >= 16384 OR relnamespace = 'public'::regnamespace
            UNION SELECT 'trigger ' || tgname || ' on ' || tgrelid::regclass FROM pg_trigger
                WHERE NOT tgisinternal
            UNION SELECT 'constraint ' || conname || ' on ' || conrelid::regclass
                FROM pg_constraint WHERE conrelid <> 0
            UNION SELECT 'schema ' || nspname || coalesce(nspacl::text, '') FROM pg_namespace
                WHERE oid >= 16384
            """;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void guardsAreInstalledShownAndRemovedWithoutATrace() throws Exception {
        Database database = withTables();
        execute(database, "CREATE TABLE visit (account_id uuid, planned_on date)");
        Set<String> before = everything(database);

        assertThat(on(database, "show")).isZero();
        assertThat(out.toString()).contains("There are no guards");
        assertThat(on(database, "install")).as(err.toString()).isZero();
        assertThat(out.toString()).contains("contoso.crm.Account can be referred to");
        guardAndVisit(database);
        assertThat(on(database, "install")).isZero();
        assertThat(on(database, "show")).isZero();
        assertThat(out.toString()).containsPattern("visit.account_id +contoso.crm.Account +row");
        assertThat(on(database, "remove")).isZero();
        assertThat(out.toString()).contains("visit.account_id is no longer guarded", "removed");
        assertThat(everything(database)).isEqualTo(before);
        assertThat(on(database, "remove")).isZero();
    }

    @Test
    void thePrintedSqlDoesTheSame() throws Exception {
        Database database = withTables();
        execute(database, "CREATE TABLE visit (account_id uuid, planned_on date)");
        Set<String> before = everything(database);

        assertThat(run("guards", "sql")).isZero();
        execute(database, out.toString());
        Set<String> installed = everything(database);
        assertThat(on(database, "install")).isZero();
        assertThat(everything(database)).isEqualTo(installed);
        guardAndVisit(database);
        assertThat(run("guards", "sql", "--remove")).isZero();
        execute(database, out.toString());
        assertThat(everything(database)).isEqualTo(before);
    }

    @Test
    void aDatabaseWithoutTheTablesIsOneLineAndUnchanged() throws Exception {
        Database database = PostgresServer.shared().freshDatabase();

        assertThat(on(database, "install")).isOne();
        assertThat(err.toString())
                .startsWith("guards: cannot install the guards: ")
                .contains("\"contoso_crm.account\" does not exist")
                .hasLineCount(1);
        execute(database, "CREATE SCHEMA understudy");
    }

    private static void guardAndVisit(Database database) throws SQLException {
        execute(database, "SELECT understudy.guard('visit', 'account_id', 'contoso.crm.Account')");
        execute(database, "INSERT INTO visit VALUES (gen_random_uuid(), '2026-12-01')");
        assertThat(strings(database, "SELECT _state::text FROM contoso_crm.account"))
                .containsExactly("p");
    }

    private static Database withTables() {
        Database database = PostgresServer.shared().freshDatabase();
        EntityTypes contoso = EntityTypes.contoso();
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(database.jdbcUrl());
        source.setUser(database.user());
        source.setPassword(database.password());
        StoreSchema.install(
                source, Catalog.of(contoso.catalog(), new SchemaFiles(contoso.schemas())));
        return database;
    }

    private static Set<String> everything(Database database) throws SQLException {
        return strings(database, EVERYTHING);
    }

    private static Set<String> strings(Database database, String query) throws SQLException {
        Set<String> strings = new TreeSet<>();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            while (row.next()) {
                strings.add(row.getString(1));
            }
        }
        return strings;
    }

    private static void execute(Database database, String sql) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private int on(Database database, String action) {
        return run(
                Stream.of(
                                "guards",
                                action,
                                "--database-url",
                                database.jdbcUrl(),
                                "--database-user",
                                database.user())
                        .toArray(String[]::new));
    }

    private int run(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        CommandLine command = Understudy.commandLine();
        command.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        return command.execute(arguments);
    }
}
