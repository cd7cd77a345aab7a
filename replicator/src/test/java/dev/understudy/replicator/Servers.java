package dev.understudy.replicator;

import dev.understudy.sandbox.KafkaServer;
import dev.understudy.sandbox.PostgresServer;
import dev.understudy.sandbox.RegistryServer;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;

/**
 * The servers that all tests of this JVM share, one test after the other; the JVM's end stops them.
 */
final class Servers {
    private static @Nullable Servers shared;

    final KafkaServer kafka = KafkaServer.open();
    final RegistryServer registry = RegistryServer.open();
    final PostgresServer postgres = PostgresServer.open();

    private Servers() {}

    /** Running, and without what the last test left in Kafka; its database is not cleared. */
    static synchronized Servers cleared() throws Exception {
        if (shared == null) {
            shared = new Servers();
        }
        shared.kafka.start();
        shared.registry.start();
        shared.postgres.start();
        shared.clear();
        return shared;
    }

    private void clear() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            Rig.eventually(
                    "the last replicators are gone",
                    () -> {
                        for (String group : groups(admin)) {
                            if (!members(admin, group).isEmpty()) {
                                return false;
                            }
                        }
                        return true;
                    });
            admin.deleteConsumerGroups(groups(admin)).all().get(10, TimeUnit.SECONDS);
            Set<String> topics = admin.listTopics().names().get(10, TimeUnit.SECONDS);
            admin.deleteTopics(topics).all().get(10, TimeUnit.SECONDS);
            Rig.eventually(
                    "no topics",
                    () -> admin.listTopics().names().get(10, TimeUnit.SECONDS).isEmpty());
        }
    }

    private static List<String> groups(Admin admin) throws Exception {
        return admin.listGroups().all().get(10, TimeUnit.SECONDS).stream()
                .map(group -> group.groupId())
                .toList();
    }

    private static Collection<?> members(Admin admin, String group) throws Exception {
        return admin.describeClassicGroups(List.of(group))
                .describedGroups()
                .get(group)
                .get(10, TimeUnit.SECONDS)
                .members();
    }
}
