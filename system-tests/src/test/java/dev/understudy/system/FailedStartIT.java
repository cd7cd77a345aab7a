package dev.understudy.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.sandbox.Database;
import dev.understudy.sandbox.KafkaServer;
import dev.understudy.sandbox.PostgresServer;
import dev.understudy.sandbox.RegistryServer;
import dev.understudy.schemas.model.Catalog;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Each service as a process that cannot start: it ends by itself, with exit code 1 and one line
 * that has a stable code and names the thing.
 */
@Timeout(180)
class FailedStartIT {
    private static final Pattern REPORT = Pattern.compile("Cannot start \\[(\\w+)]: (.*)");
    private static final List<String> CATALOG =
            List.of(
                    "us.contoso.crm.Account",
                    "us.contoso.crm.Contact",
                    "europe.contoso.crm.Ticket");

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static KafkaServer kafka;
    private static RegistryServer registry;
    private static PostgresServer postgres;
    private static Database us;
    private static Database europe;

    @TempDir private static Path directory;

    /** A service, and an entity type that it publishes, or reads. */
    enum Service {
        SOURCE_INSTANCE("source-instance", "us", "us.contoso.crm.Account"),
        TARGET_INSTANCE("target-instance", "europe", "europe.contoso.crm.Ticket"),
        REPLICATOR("replicator", "europe", "us.contoso.crm.Contact");

        private final String module;
        private final String instance;
        private final String entry;

        Service(String module, String instance, String entry) {
            this.module = module;
            this.instance = instance;
            this.entry = entry;
        }

        private List<String> catalog() {
            return this == SOURCE_INSTANCE ? CATALOG.subList(0, 2) : CATALOG;
        }

        private Database database() {
            return this == SOURCE_INSTANCE ? us : europe;
        }

        private String typeName() {
            return entry.substring(entry.lastIndexOf('.') + 1);
        }
    }

    @BeforeAll
    static void open() throws SQLException {
        kafka = KafkaServer.open();
        registry = RegistryServer.open();
        postgres = PostgresServer.open();
        us = InstalledDatabase.of(postgres, "us", Service.SOURCE_INSTANCE.catalog());
        europe = InstalledDatabase.of(postgres, "europe", Service.TARGET_INSTANCE.catalog());
    }

    @AfterAll
    static void close() {
        postgres.close();
        registry.close();
        kafka.close();
    }

    @ParameterizedTest
    @EnumSource(Service.class)
    void anUnknownVariableIsNamedWithTheNearestOne(Service service) throws Exception {
        Map<String, String> environment = environment(service);
        environment.put("UNDERSTUDY_DATABSE_URL", environment.remove("UNDERSTUDY_DATABASE_URL"));

        assertReport(
                attempt(service, environment),
                "UnknownProperty",
                "UNDERSTUDY_DATABSE_URL is not known; did you mean UNDERSTUDY_DATABASE_URL?");
    }

    @ParameterizedTest
    @EnumSource(Service.class)
    void anUnknownPropertyIsNamedWithTheNearestOne(Service service) throws Exception {
        String group = service == Service.REPLICATOR ? "topics" : "publishing";

        assertReport(
                attempt(service, environment(service), "--understudy." + group + ".partitons=3"),
                "UnknownProperty",
                "understudy.%1$s.partitons is not known; did you mean understudy.%1$s.partitions?"
                        .formatted(group));
    }

    @ParameterizedTest
    @EnumSource(Service.class)
    void aBadValueIsNamedWithWhatIsExpected(Service service) throws Exception {
        assertReport(
                attempt(service, environment(service, "UNDERSTUDY_DATABASE_POOL_SIZE", "many")),
                "InvalidProperty",
                "understudy.database.pool-size = 'many' cannot be used: it is a whole number");
    }

    @ParameterizedTest
    @EnumSource(Service.class)
    void aSecretInABadValueIsNotShown(Service service) throws Exception {
        StartAttempt attempt =
                attempt(
                        service,
                        environment(
                                service, "UNDERSTUDY_DATABASE_URL", "postgres://me:s3cret@h/crm"));

        assertReport(attempt, "InvalidProperty", "understudy.database.url", "jdbc:postgresql://");
        assertThat(attempt.lines()).noneMatch(line -> line.contains("s3cret"));
    }

    @ParameterizedTest
    @EnumSource(Service.class)
    void beyondLoopbackATokenMustBeAskedFor(Service service) throws Exception {
        assertReport(
                attempt(service, environment(service, "MICRONAUT_SERVER_HOST", "0.0.0.0")),
                "Unprotected",
                "0.0.0.0",
                "understudy.security.key");
    }

    @ParameterizedTest
    @EnumSource(Service.class)
    void aTypeWithoutASchemaIsNamed(Service service) throws Exception {
        assertReport(
                attempt(service, environment(service, "UNDERSTUDY_CATALOG", "us.contoso.crm.Lead")),
                "InvalidCatalog",
                "understudy.catalog",
                "contoso.crm.Lead");
    }

    @ParameterizedTest
    @EnumSource(Service.class)
    void aPortThatIsTakenIsNamed(Service service) throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = String.valueOf(taken.getLocalPort());

            assertReport(
                    attempt(service, environment(service, "MICRONAUT_SERVER_PORT", port)),
                    "PortUnavailable",
                    "micronaut.server.port");
        }
    }

    @ParameterizedTest
    @EnumSource(Service.class)
    void aSchemaThatTheTableCannotFollowStopsTheStart(Service service) throws Exception {
        String installed = InstalledDatabase.content(service.database(), service.typeName());
        Path schemas = Files.createTempDirectory(directory, "schemas");
        for (String name : List.of("Account", "Contact", "Ticket")) {
            Files.writeString(schemas.resolve(name + ".avsc"), schema(name, service.typeName()));
        }

        assertReport(
                attempt(service, environment(service, "UNDERSTUDY_SCHEMAS", schemas.toString())),
                "IncompatibleTable",
                "contoso.crm.%s.%s".formatted(service.typeName(), timestampOf(service)));
        assertThat(InstalledDatabase.content(service.database(), service.typeName()))
                .contains("Kept")
                .isEqualTo(installed);
    }

    @ParameterizedTest
    @EnumSource(Service.class)
    void aSchemaThatTheRegistryCannotFollowStopsTheStart(Service service) throws Exception {
        String subject = service.entry + "-value";
        String other =
                """
                {"type": "record", "name": "%s", "namespace": "contoso.crm",
                 "fields": [{"name": "title", "type": "long"}, {"name": "name", "type": "long"}]}\
                """
                        .formatted(service.typeName());
        forget(subject);
        String body =
                "{\"schema\": \"%s\"}".formatted(other.replace("\"", "\\\"").replace("\n", ""));
        assertThat(ask("POST", "/subjects/" + subject + "/versions", body)).isEqualTo(200);
        String backward = "{\"compatibility\": \"BACKWARD\"}";
        assertThat(ask("PUT", "/config/" + subject, backward)).isEqualTo(200);
        try {
            assertReport(attempt(service, environment(service)), "IncompatibleSchema", subject);
        } finally {
            forget(subject);
        }
    }

    private static void forget(String subject) throws Exception {
        ask("DELETE", "/subjects/" + subject, "");
        ask("DELETE", "/subjects/" + subject + "?permanent=true", "");
    }

    /** The shipped schema; of the changed type with a date where there was a timestamp. */
    private static String schema(String name, String changed) throws Exception {
        try (InputStream shipped =
                requireNonNull(Catalog.class.getResourceAsStream("/contoso/" + name + ".avsc"))) {
            String text = new String(shipped.readAllBytes(), UTF_8);
            return name.equals(changed)
                    ? text.replaceFirst("timestamp-micros", "local-timestamp-micros")
                    : text;
        }
    }

    private static String timestampOf(Service service) {
        return service == Service.TARGET_INSTANCE ? "openedOn" : "createdOn";
    }

    private static void assertReport(StartAttempt attempt, String code, String... named) {
        String all = String.join("\n", attempt.lines());
        List<MatchResult> reports = REPORT.matcher(all).results().toList();
        assertThat(attempt.exitCode()).as(all).isEqualTo(1);
        assertThat(reports).as(all).hasSize(1);
        assertThat(reports.getFirst().group(1)).as(all).isEqualTo(code);
        assertThat(reports.getFirst().group(2)).contains(named);
        assertThat(attempt.lines())
                .as("no stack trace")
                .noneMatch(line -> line.startsWith("\tat "));
        assertThat(attempt.lines()).as("few lines").hasSizeLessThan(20);
    }

    private static StartAttempt attempt(
            Service service, Map<String, String> environment, String... arguments)
            throws Exception {
        return StartAttempt.of(service.module, directory, environment, arguments);
    }

    private static Map<String, String> environment(Service service, String... more) {
        Database database = service.database();
        Map<String, String> environment = new HashMap<>();
        environment.put("MICRONAUT_SERVER_PORT", "-1");
        environment.put("UNDERSTUDY_INSTANCE", service.instance);
        environment.put("UNDERSTUDY_CATALOG", String.join(",", service.catalog()));
        environment.put("UNDERSTUDY_DATABASE_URL", database.jdbcUrl());
        environment.put("UNDERSTUDY_DATABASE_USER", database.user());
        environment.put("UNDERSTUDY_DATABASE_PASSWORD", database.password());
        environment.put("UNDERSTUDY_KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers());
        environment.put("UNDERSTUDY_REGISTRY_URL", registry.url());
        for (int i = 0; i < more.length; i += 2) {
            environment.put(more[i], more[i + 1]);
        }
        return environment;
    }

    /** Asks the registry, and returns the status of its answer. */
    private static int ask(String method, String path, String body) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(registry.url() + path))
                        .header("Content-Type", "application/vnd.schemaregistry.v1+json")
                        .method(method, BodyPublishers.ofString(body))
                        .build();
        return HTTP.send(request, BodyHandlers.ofString()).statusCode();
    }
}
