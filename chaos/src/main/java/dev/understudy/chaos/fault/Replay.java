package dev.understudy.chaos.fault;

import dev.understudy.chaos.check.DurableOffsets;
import dev.understudy.chaos.check.Verdict;
import dev.understudy.chaos.time.Polling;
import dev.understudy.sandbox.Sandbox;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * The replicator's group is set back to the start of all its topics while nobody is in it. What it
 * had committed is judged before, since this would make up for what is missing.
 *
 * @param before takes what was found
 */
record Replay(Sandbox sandbox, List<Verdict> before) implements Fault {
    static final String GROUP = "understudy-replicator-europe";

    /** A member that was killed is missed only after its session. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Override
    public FaultKind kind() {
        return FaultKind.REPLAY;
    }

    @Override
    public String target() {
        return "all topics";
    }

    @Override
    public void begin() throws Exception {
        sandbox.replicator().stop();
        Map<String, Object> configuration =
                Map.of(
                        AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                        sandbox.kafka().bootstrapServers());
        try (Admin admin = Admin.create(configuration)) {
            before.add(
                    new DurableOffsets(
                                    sandbox.kafka().bootstrapServers(),
                                    GROUP,
                                    sandbox.europeDatabase())
                            .judge());
            if (!Polling.holds(PATIENCE, () -> isSetBack(admin))) {
                throw new IllegalStateException(GROUP + " is never empty");
            }
        }
    }

    private static boolean isSetBack(Admin admin) throws InterruptedException {
        try {
            Map<TopicPartition, OffsetAndMetadata> start = new HashMap<>();
            admin.listConsumerGroupOffsets(GROUP)
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .keySet()
                    .forEach(partition -> start.put(partition, new OffsetAndMetadata(0)));
            admin.alterConsumerGroupOffsets(GROUP, start).all().get();
            return true;
        } catch (ExecutionException _) {
            return false;
        }
    }

    @Override
    public void end() {
        sandbox.replicator().start();
    }
}
