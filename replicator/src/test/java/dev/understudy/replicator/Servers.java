package dev.understudy.replicator;

import static java.net.http.HttpRequest.BodyPublishers.noBody;
import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.sandbox.KafkaServer;
import dev.understudy.sandbox.PostgresServer;
import dev.understudy.sandbox.RegistryServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.apache.kafka.common.errors.GroupNotEmptyException;
import org.jspecify.annotations.Nullable;

/**
 * The servers that all tests of this JVM share, one test after the other; the JVM's end stops them.
 */
final class Servers {
    private static final Pattern SUBJECT = Pattern.compile("\"([^\"]+)\"");
    private static @Nullable Servers shared;

    final KafkaServer kafka = KafkaServer.open();
    final RegistryServer registry = RegistryServer.open();
    final PostgresServer postgres = PostgresServer.open();

    private Servers() {}

    /** Running, with no topics, no groups and no schemas. The database server is not cleared. */
    static synchronized Servers cleared() throws Exception {
        if (shared == null) {
            shared = new Servers();
        }
        shared.kafka.start();
        shared.registry.start();
        shared.postgres.start();
        try (Admin admin =
                Admin.create(Map.of("bootstrap.servers", shared.kafka.bootstrapServers()))) {
            Rig.eventually("no groups", () -> areGroupsGone(admin));
            admin.deleteTopics(topics(admin)).all().get();
            // A topic made before the broker has seen its namesake's end could be taken for that.
            Rig.eventually("no topics", () -> topics(admin).isEmpty());
        }
        forgetSchemas(shared.registry.url());
        return shared;
    }

    private static void forgetSchemas(String url) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            String subjects = ask(http, "GET", url + "/subjects");
            for (MatchResult name : SUBJECT.matcher(subjects).results().toList()) {
                String subject = url + "/subjects/" + name.group(1);
                ask(http, "DELETE", subject);
                ask(http, "DELETE", subject + "?permanent=true");
            }
            assertThat(ask(http, "GET", url + "/subjects")).isEqualTo("[]");
        }
    }

    private static String ask(HttpClient http, String method, String url) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(url)).method(method, noBody()).build();
        return http.send(request, BodyHandlers.ofString()).body();
    }

    private static Set<String> topics(Admin admin) throws Exception {
        return admin.listTopics().names().get();
    }

    /** A member that could not leave would keep its group. */
    private static boolean areGroupsGone(Admin admin) throws Exception {
        Set<String> groups =
                admin.listGroups().all().get().stream()
                        .map(GroupListing::groupId)
                        .collect(Collectors.toSet());
        try {
            admin.deleteConsumerGroups(groups).all().get();
            return true;
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof GroupNotEmptyException)) {
                throw e;
            }
            for (String group : groups) {
                admin.removeMembersFromConsumerGroup(
                                group, new RemoveMembersFromConsumerGroupOptions())
                        .all()
                        .get();
            }
            return false;
        }
    }
}
