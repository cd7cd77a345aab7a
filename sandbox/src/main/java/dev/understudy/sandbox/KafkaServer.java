package dev.understudy.sandbox;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * A Kafka broker with its own KRaft controller, in one JVM. Topics are never made by themselves.
 */
public final class KafkaServer implements Part {

    private static final int HEAP_MB = 384;
    private static final List<String> FLAGS =
            List.of("-Dlogback.configurationFile=dev/understudy/sandbox/kafka-logback.xml");

    private static final Map<String, String> SETTINGS =
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
                    Map.entry("auto.create.topics.enable", "false"),
                    // A lone broker that is fenced after a pause may skip transaction markers.
                    Map.entry("broker.session.timeout.ms", "600000"),
                    Map.entry("log.cleaner.dedupe.buffer.size", "16777216"),
                    Map.entry("num.network.threads", "2"),
                    Map.entry("num.io.threads", "4"));

    private final PartProcess process;
    private final WorkDirectory directory;
    private final int port;

    KafkaServer(String name, ServerOptions options) {
        directory = WorkDirectory.of(options.directory(), name);
        port = Ports.orFree(options.port());
        configure(options);
        PartPlan plan =
                new PartPlan(
                        name,
                        command(options.purpose()),
                        Map.of(),
                        directory,
                        Readiness.file(ready()),
                        Signal.TERMINATE);
        process = new PartProcess(plan);
    }

    /** Starts a broker of its own on a free port. */
    public static KafkaServer open() {
        return open(ServerOptions.defaults());
    }

    /** Starts a broker; the caller closes it, else the end of the JVM does. */
    public static KafkaServer open(ServerOptions options) {
        return Opening.open(new KafkaServer("kafka", options));
    }

    @Override
    public PartProcess process() {
        return process;
    }

    @Override
    public void start() {
        if (!isRunning()) {
            delete(ready());
        }
        process.start();
    }

    /** What clients take as {@code bootstrap.servers}. */
    public String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    private List<String> command(Purpose purpose) {
        List<String> command =
                new ArrayList<>(new JavaCommand(purpose, HEAP_MB, FLAGS).main(KafkaMain.class));
        command.addAll(List.of(configuration().toString(), ready().toString()));
        return command;
    }

    private void configure(ServerOptions options) {
        int controllerPort = Ports.orFree(options.internalPort());
        Properties properties = new Properties();
        properties.putAll(SETTINGS);
        properties.put(
                "listeners",
                "PLAINTEXT://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d"
                        .formatted(port, controllerPort));
        properties.put("controller.quorum.voters", "1@127.0.0.1:" + controllerPort);
        properties.put("log.dirs", directory.path().resolve("data").toString());
        properties.putAll(options.settings());
        try (Writer writer = Files.newBufferedWriter(configuration())) {
            properties.store(writer, null);
        } catch (IOException e) {
            throw new SandboxException("kafka: cannot write its configuration: " + e, e);
        }
    }

    private Path configuration() {
        return directory.path().resolve("server.properties");
    }

    private Path ready() {
        return directory.path().resolve("ready");
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new SandboxException("kafka: cannot remove " + file, e);
        }
    }
}
