package dev.understudy.sandbox;

import java.util.Map;

/** A Kafka broker with its own KRaft controller. Topics are never made by themselves. */
public final class KafkaServer implements Part {

    /** Ours, however it runs. */
    static final Map<String, String> SETTINGS =
            Map.ofEntries(
                    Map.entry("process.roles", "broker,controller"),
                    Map.entry("node.id", "1"),
                    Map.entry("controller.listener.names", "CONTROLLER"),
                    Map.entry("offsets.topic.replication.factor", "1"),
                    Map.entry("offsets.topic.num.partitions", "4"),
                    Map.entry("transaction.state.log.replication.factor", "1"),
                    Map.entry("transaction.state.log.min.isr", "1"),
                    Map.entry("transaction.state.log.num.partitions", "4"),
                    Map.entry("share.coordinator.state.topic.replication.factor", "1"),
                    Map.entry("share.coordinator.state.topic.min.isr", "1"),
                    Map.entry("group.initial.rebalance.delay.ms", "0"),
                    Map.entry("group.min.session.timeout.ms", "1000"),
                    Map.entry("auto.create.topics.enable", "false"),
                    Map.entry("log.cleaner.dedupe.buffer.size", "16777216"),
                    Map.entry("num.network.threads", "2"),
                    Map.entry("num.io.threads", "4"));

    private final PartRunner runner;
    private final Addresses addresses;

    KafkaServer(PartRunner runner, Addresses addresses) {
        this.runner = runner;
        this.addresses = addresses;
    }

    /** Starts a broker of its own on a free port. */
    public static KafkaServer open() {
        return open(ServerOptions.defaults());
    }

    /** Starts a broker as a process; the caller closes it, else the end of the JVM does. */
    public static KafkaServer open(ServerOptions options) {
        return Opening.open(KafkaProcess.of("kafka", options));
    }

    @Override
    public PartRunner runner() {
        return runner;
    }

    /** What clients take as {@code bootstrap.servers}. */
    public String bootstrapServers() {
        return addresses.outside();
    }

    /** What the services take. */
    String bootstrapServersInside() {
        return addresses.inside();
    }
}
