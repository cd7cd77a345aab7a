package dev.understudy.sandbox;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.BrokerIdNotRegisteredException;
import org.apache.kafka.common.utils.Time;

/** The main class of the broker's JVM: formats its storage once, runs, and says when it is up. */
final class KafkaMain {

    private static final String CONTROLLER = "CONTROLLER://";

    private KafkaMain() {}

    /** Takes the configuration file, and the file to make once the broker can be used. */
    public static void main(String[] arguments) throws IOException {
        Path configuration = Path.of(arguments[0]);
        Path ready = Path.of(arguments[1]);
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(configuration)) {
            properties.load(reader);
        }
        if (Files.exists(Path.of(properties.getProperty("log.dirs"), "meta.properties"))) {
            unregisterEarlierSelf(properties);
        } else {
            format(configuration);
        }
        KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(properties), Time.SYSTEM);
        Runtime.getRuntime().addShutdownHook(new Thread(server::shutdown, "kafka-shutdown"));
        server.startup();
        Files.createFile(ready);
        server.awaitShutdown();
    }

    private static void format(Path configuration) {
        String[] format = {
            "format",
            "--cluster-id",
            Uuid.randomUuid().toString(),
            "--config",
            configuration.toString()
        };
        if (StorageTool.execute(format, System.out) != 0) {
            System.exit(1);
        }
    }

    /**
     * Has a controller without a broker forget the registration of an earlier run. Else the new
     * broker takes itself for the leader of everything until that registration expires; when it
     * does, the transaction coordinator drops the markers of a prepared commit (it takes partitions
     * without a leader for deleted ones: KAFKA-20734), and readers of committed records hang.
     */
    private static void unregisterEarlierSelf(Properties broker) {
        Properties properties = new Properties();
        properties.putAll(broker);
        String listeners = broker.getProperty("listeners");
        String address = listeners.substring(listeners.indexOf(CONTROLLER) + CONTROLLER.length());
        properties.put("process.roles", "controller");
        properties.remove("advertised.listeners");
        properties.put("listeners", CONTROLLER + address);
        KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(properties), Time.SYSTEM);
        server.startup();
        try (Admin admin = Admin.create(Map.of("bootstrap.controllers", address))) {
            int id = Integer.parseInt(broker.getProperty("node.id"));
            admin.unregisterBroker(id).all().get();
        } catch (ExecutionException e) {
            // A first run that was killed before the broker had registered.
            if (!(e.getCause() instanceof BrokerIdNotRegisteredException)) {
                throw new IllegalStateException(e);
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        } finally {
            server.shutdown();
            server.awaitShutdown();
        }
    }
}
