package dev.understudy.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.sandbox.AccessToken;
import dev.understudy.sandbox.Database;
import dev.understudy.sandbox.PostgresServer;
import dev.understudy.sandbox.Purpose;
import dev.understudy.sandbox.RegistryServer;
import dev.understudy.sandbox.ServerOptions;
import dev.understudy.sandbox.Service;
import dev.understudy.sandbox.ServiceOptions;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole system where nobody is believed: Kafka wants TLS and SASL, PostgreSQL TLS and
 * passwords, the services tokens. Nothing secret gets into a log.
 */
@Timeout(300)
class SecuredIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String KEY = AccessToken.newKey();
    private static final String DATABASE_SECRET = "database-s3cret";
    private static final String WRONG_SECRET = "wrong-s3cret";
    private static final String STORE_SECRET = "store-s3cret";
    private static final String CATALOG =
            "us.contoso.crm.Account,us.contoso.crm.Contact,europe.contoso.crm.Ticket";

    @TempDir private static Path directory;
    private static SelfMadeCertificate certificate;
    private static SecuredKafka kafka;
    private static RegistryServer registry;
    private static PostgresServer postgres;
    private static Service us;
    private static Service europe;
    private static Service replicator;
    private static Process locked;
    private static Path lockedLog;

    @BeforeAll
    static void open() throws Exception {
        certificate = SelfMadeCertificate.in(directory, STORE_SECRET);
        kafka = SecuredKafka.open(certificate);
        registry = RegistryServer.open();
        postgres = openPostgres();
        postgres.createDatabase("us");
        postgres.createDatabase("europe");
        wantPasswords();
        lockedLog = new ServiceJar("source-instance").log(directory);
        locked =
                new ServiceJar("source-instance")
                        .process(lockedLog, environment("us", "us", WRONG_SECRET))
                        .start();
        CompletableFuture<Service> first =
                CompletableFuture.supplyAsync(() -> service("source-instance", "us"));
        CompletableFuture<Service> second =
                CompletableFuture.supplyAsync(() -> service("target-instance", "europe"));
        us = first.join();
        europe = second.join();
        replicator = service("replicator", "europe");
    }

    @AfterAll
    static void close() {
        locked.destroyForcibly();
        Stream.of(replicator, europe, us, postgres, registry, kafka.server())
                .forEach(part -> part.close());
    }

    @Test
    void everythingWorksAndNothingSecretIsLogged() throws Exception {
        UUID account = UUID.randomUUID();
        UUID unknown = UUID.randomUUID();
        assertThat(
                        new PlainClient(us.baseUrl())
                                .send("GET", "/api/data/v1.0/accounts", "")
                                .statusCode())
                .isEqualTo(401);

        SignedClient source = new SignedClient(us.baseUrl(), KEY);
        SignedClient target = new SignedClient(europe.baseUrl(), KEY);
        source.write(
                "accounts(" + account + ")",
                """
                {"accountNumber": "A-1", "name": "Contoso", "creditOnHold": false,
                 "createdOn": "2026-11-21T08:00:00Z"}\
                """);
        target.write(
                "tickets(" + UUID.randomUUID() + ")",
                """
                {"ticketNumber": "T-1", "title": "x", "priority": "LOW", "status": "OPEN",
                 "openedOn": "2026-11-21T09:00:00Z", "account@odata.bind": "/accounts(%s)"}\
                """
                        .formatted(unknown));

        Eventually.holds(
                "published, and replicated",
                PATIENCE,
                () ->
                        target.get("/api/data/v1.0/accounts(" + account + ")")
                                .contains("\"@understudy.state\":\"hydrated\""));
        Eventually.holds(
                "asked for, and answered",
                PATIENCE,
                () ->
                        target.get("/admin/orphans/contoso.crm.Account")
                                .contains(unknown.toString()));
        assertNothingIsToldOfOtherTypes(source);
        Eventually.holds(
                "the wrong password is told of",
                PATIENCE,
                () -> Files.readString(lockedLog).contains("password authentication failed"));
        assertThat(locked.isAlive()).isTrue();
        assertEveryConnectionIsEncrypted();
        assertNothingSecretIsLogged();
    }

    private static void assertEveryConnectionIsEncrypted() throws Exception {
        Eventually.holds(
                "both owners read their replication streams",
                PATIENCE,
                () -> connections("backend_type = 'walsender'") == 2);
        assertThat(connections("NOT ssl")).as("without TLS").isZero();
    }

    private static int connections(String which) throws Exception {
        try (Connection connection = postgres.database("postgres").connect();
                Statement statement = connection.createStatement();
                ResultSet count =
                        statement.executeQuery(
                                """
                                SELECT count(*) FROM pg_stat_ssl
                                JOIN pg_stat_activity USING (pid)
                                WHERE usename = 'guarded' AND %s\
                                """
                                        .formatted(which))) {
            count.next();
            return count.getInt(1);
        }
    }

    private static void assertNothingIsToldOfOtherTypes(SignedClient source) throws Exception {
        String accounts = "contoso.crm.Account";
        SignedClient one = source.with("administer:" + accounts);
        SignedClient other = source.with("administer:contoso.crm.Contact");
        String body = "{\"types\": [\"%s\"]}".formatted(accounts);
        HttpResponse<String> made = one.send("POST", "/admin/snapshots", body);
        assertThat(made.statusCode()).as(made.body()).isEqualTo(200);
        String snapshot =
                "/admin/snapshots/" + made.body().replaceAll("^.*?\"id\":(\\d+).*$", "$1");

        assertThat(one.get("/admin/snapshots")).contains(accounts);
        assertThat(one.send("GET", snapshot, "").statusCode()).isEqualTo(200);
        assertThat(other.get("/admin/snapshots")).doesNotContain(accounts);
        assertThat(other.send("GET", snapshot, "").statusCode()).isEqualTo(404);
        assertThat(other.send("DELETE", snapshot, "").statusCode()).isEqualTo(404);
        assertThat(one.send("DELETE", snapshot, "").statusCode()).isEqualTo(200);

        SignedClient replication = new SignedClient(replicator.baseUrl(), KEY);
        SignedClient part = replication.with("replicate:contoso.crm.Contact");
        for (String path : List.of("/admin/completeness", "/admin/progress")) {
            Eventually.holds(path, PATIENCE, () -> replication.get(path).contains(accounts));
            assertThat(part.get(path)).as(path).doesNotContain(accounts);
        }
        assertThat(part.get("/admin/completeness")).contains("contoso.crm.Contact");
        assertThat(part.get("/health")).doesNotContain("details");
        assertThat(replication.get("/health")).contains("details");
    }

    private static void assertNothingSecretIsLogged() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            List<Path> logs = files.filter(file -> file.toString().endsWith(".log")).toList();
            assertThat(logs).hasSizeGreaterThanOrEqualTo(4);
            for (Path log : logs) {
                assertThat(Files.readString(log))
                        .as(log.toString())
                        .isNotEmpty()
                        .doesNotContain(
                                KEY,
                                SecuredKafka.SECRET,
                                DATABASE_SECRET,
                                WRONG_SECRET,
                                STORE_SECRET);
            }
        }
    }

    private static PostgresServer openPostgres() {
        return PostgresServer.open(
                ServerOptions.defaults()
                        .withSetting("ssl", "on")
                        .withSetting("ssl_cert_file", certificate.certificate().toString())
                        .withSetting("ssl_key_file", certificate.key().toString()));
    }

    /** A role that has to give its password, by TLS; others are let in as they were. */
    private static void wantPasswords() throws Exception {
        try (Connection connection = postgres.database("postgres").connect();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "CREATE ROLE guarded SUPERUSER LOGIN PASSWORD '" + DATABASE_SECRET + "'");
            var file = statement.executeQuery("SHOW hba_file");
            file.next();
            String path = file.getString(1);
            statement.execute(
                    """
                    COPY (VALUES ('hostssl all guarded 127.0.0.1/32 scram-sha-256'),
                                 ('hostssl replication guarded 127.0.0.1/32 scram-sha-256'),
                                 ('host all guarded 127.0.0.1/32 reject'),
                                 ('host all all 127.0.0.1/32 trust')) TO '%s'\
                    """
                            .formatted(path));
            statement.execute("SELECT pg_reload_conf()");
        }
    }

    private static Service service(String module, String instance) {
        try {
            Path jar = new ServiceJar(module).path();
            return Service.open(
                    new ServiceOptions(
                            module,
                            jar,
                            0,
                            environment(module, instance, DATABASE_SECRET),
                            Purpose.SHORT_LIVED,
                            directory.resolve(module)));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Map<String, String> environment(
            String name, String instance, String databaseSecret) throws IOException {
        Path client = kafka.clientProperties(directory.resolve(name + ".properties"));
        Database database = postgres.database(instance);
        Map<String, String> environment = new HashMap<>();
        environment.put("MICRONAUT_SERVER_PORT", "-1");
        environment.put("UNDERSTUDY_INSTANCE", instance);
        environment.put("UNDERSTUDY_CATALOG", CATALOG);
        environment.put(
                "UNDERSTUDY_DATABASE_URL",
                database.jdbcUrl()
                        + "?sslmode=verify-full&sslrootcert="
                        + certificate.certificate());
        environment.put("UNDERSTUDY_DATABASE_USER", "guarded");
        environment.put("UNDERSTUDY_DATABASE_PASSWORD", databaseSecret);
        environment.put("UNDERSTUDY_KAFKA_BOOTSTRAP_SERVERS", kafka.address());
        environment.put("UNDERSTUDY_KAFKA_CLIENT_PROPERTIES", client.toString());
        environment.put("UNDERSTUDY_REGISTRY_URL", registry.url());
        environment.put("UNDERSTUDY_SECURITY_KEY", KEY);
        return environment;
    }
}
