package dev.understudy.chaos.check;

import dev.understudy.chaos.check.ChangeTopic.Event;
import dev.understudy.sandbox.Database;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Whether a replica has all events below the offsets that its group has committed, or later ones:
 * what is missing there would come only if everything was delivered again.
 */
public record DurableOffsets(String bootstrapServers, String group, Database replica) {
    /** Judges now, while nobody takes anything away or the replicator goes on. */
    public Verdict judge() throws SQLException, ExecutionException, InterruptedException {
        Map<TopicPartition, Long> committed = committed();
        List<String> violations = new ArrayList<>();
        long judged = 0;
        for (String topic :
                committed.keySet().stream().map(TopicPartition::topic).distinct().toList()) {
            Verdict verdict =
                    judge(
                            ChangeTopic.read(bootstrapServers, topic),
                            committed,
                            versions(topic.substring(topic.lastIndexOf('.') + 1)));
            judged += verdict.judged();
            violations.addAll(verdict.violations());
        }
        return new Verdict(Guarantee.OFFSETS_DURABLE, judged, violations);
    }

    static Verdict judge(
            List<Event> events, Map<TopicPartition, Long> committed, Map<String, Long> versions) {
        List<Event> below =
                events.stream()
                        .filter(event ->
                                event.offset() < committed.getOrDefault(event.partition(), 0L))
                        .toList();
        List<String> violations =
                below.stream()
                        .filter(event -> versions.getOrDefault(event.key(), 0L) < event.version())
                        .map(event ->
                                "%s is committed, and version %d is not there"
                                        .formatted(event, event.version()))
                        .toList();
        return new Verdict(Guarantee.OFFSETS_DURABLE, below.size(), violations);
    }

    private Map<TopicPartition, Long> committed() throws ExecutionException, InterruptedException {
        Map<String, Object> configuration =
                Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        try (Admin admin = Admin.create(configuration)) {
            Map<TopicPartition, OffsetAndMetadata> offsets =
                    admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
            Map<TopicPartition, Long> committed = new HashMap<>();
            offsets.forEach((partition, offset) -> committed.put(partition, offset.offset()));
            return committed;
        }
    }

    private Map<String, Long> versions(String type) throws SQLException {
        String table = type.toLowerCase(Locale.ROOT);
        Map<String, Long> versions = new HashMap<>();
        try (Connection connection = replica.connect();
                Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery(
                                "SELECT %1$s_id::text, _version FROM contoso_crm.%1$s"
                                        .formatted(table))) {
            while (rows.next()) {
                versions.put(rows.getString(1), rows.getLong(2));
            }
        }
        return versions;
    }
}
