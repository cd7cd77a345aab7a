package dev.understudy.sandbox;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** A broker with its own KRaft controller in one JVM, from the class path of this one. */
final class KafkaProcess {

    private static final int HEAP_MB = 384;
    private static final List<String> FLAGS =
            List.of("-Dlogback.configurationFile=dev/understudy/sandbox/kafka-logback.xml");

    private final WorkDirectory directory;
    private final int port;
    private final ServerOptions options;

    private KafkaProcess(String name, ServerOptions options) {
        this.options = options;
        directory = WorkDirectory.of(options.directory(), name);
        port = Ports.orFree(options.port());
    }

    static KafkaServer of(String name, ServerOptions options) {
        KafkaProcess kafka = new KafkaProcess(name, options);
        kafka.configure();
        return new KafkaServer(
                new PartProcess(kafka.plan(name)), Addresses.same("127.0.0.1:" + kafka.port));
    }

    private PartPlan plan(String name) {
        PartPlan.Life life =
                new PartPlan.Life(this::forgetReady, Readiness.file(ready()), Signal.TERMINATE);
        return new PartPlan(name, command(), Map.of(), directory, life);
    }

    private List<String> command() {
        JavaCommand java = new JavaCommand(options.purpose(), HEAP_MB, FLAGS);
        List<String> command = new ArrayList<>(java.main(KafkaMain.class));
        command.addAll(List.of(configuration().toString(), ready().toString()));
        return command;
    }

    private void configure() {
        int controllerPort = Ports.orFree(options.internalPort());
        Properties properties = new Properties();
        properties.putAll(KafkaServer.SETTINGS);
        // A lone broker that is fenced after a pause may skip transaction markers. After a kill
        // KafkaMain ends the session.
        properties.put("broker.session.timeout.ms", "600000");
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

    private void forgetReady() {
        try {
            Files.deleteIfExists(ready());
        } catch (IOException e) {
            throw new SandboxException("kafka: cannot remove " + ready(), e);
        }
    }
}
