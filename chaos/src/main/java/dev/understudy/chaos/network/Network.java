package dev.understudy.chaos.network;

import dev.understudy.sandbox.Platform;
import dev.understudy.sandbox.RunMode;
import dev.understudy.sandbox.SandboxOptions;
import dev.understudy.sandbox.SandboxPart;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Relays in all connections of the services to what they need. Kafka has a listener for each
 * service, which it tells them to be where its relay is.
 */
public final class Network implements AutoCloseable {
    /** Of the sandbox, and a listener of Kafka for each service. */
    private static final int PORTS = 12;

    private static final int FIRST_PORT = 15_000;
    private static final int LAST_PORT = 31_900;
    private static final int ATTEMPTS = 100;
    private static final int REGISTRY = 3;
    private static final int KAFKA = 4;
    private static final int US_DATABASE = 5;
    private static final int EUROPE_DATABASE = 6;
    private static final int CONTROLLER = 7;
    private static final int FIRST_LISTENER = 9;

    private static final List<SandboxPart> SERVICES =
            List.of(SandboxPart.US, SandboxPart.EUROPE, SandboxPart.REPLICATOR);

    private final int basePort;
    private final List<Relay> relays = new ArrayList<>();
    private SandboxOptions options;

    private Network(int basePort) {
        this.basePort = basePort;
        this.options =
                SandboxOptions.defaults()
                        .withPlatform(Platform.chosen().withMode(RunMode.PROCESSES))
                        .withBasePort(basePort);
    }

    /** Chooses ports that are free now, and sets up the relays. */
    public static Network open() throws IOException {
        Network network = new Network(freePorts());
        try {
            network.connect();
            return network;
        } catch (IOException e) {
            network.close();
            throw e;
        }
    }

    private void connect() throws IOException {
        StringBuilder listeners = new StringBuilder("PLAINTEXT://127.0.0.1:" + (basePort + KAFKA));
        StringBuilder advertised = new StringBuilder(listeners);
        StringBuilder protocols = new StringBuilder("PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        for (SandboxPart service : SERVICES) {
            connectToDatabase(service);
            connectToRegistry(service);
            int listener = basePort + FIRST_LISTENER + SERVICES.indexOf(service);
            Relay kafka = relay(service, SandboxPart.KAFKA, listener);
            set(service, "UNDERSTUDY_KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:" + kafka.port());
            listeners.append(",%s://127.0.0.1:%d".formatted(service, listener));
            advertised.append(",%s://127.0.0.1:%d".formatted(service, kafka.port()));
            protocols.append(",%s:PLAINTEXT".formatted(service));
        }
        listeners.append(",CONTROLLER://127.0.0.1:").append(basePort + CONTROLLER);
        set(SandboxPart.KAFKA, "listeners", listeners.toString());
        set(SandboxPart.KAFKA, "advertised.listeners", advertised.toString());
        set(SandboxPart.KAFKA, "listener.security.protocol.map", protocols.toString());
    }

    private void connectToDatabase(SandboxPart service) throws IOException {
        boolean source = service == SandboxPart.US;
        Relay relay =
                relay(
                        service,
                        source ? SandboxPart.US_DATABASE : SandboxPart.EUROPE_DATABASE,
                        basePort + (source ? US_DATABASE : EUROPE_DATABASE));
        String url =
                "jdbc:postgresql://127.0.0.1:%d/%s"
                        .formatted(relay.port(), source ? "us" : "europe");
        set(service, "UNDERSTUDY_DATABASE_URL", url);
    }

    private void connectToRegistry(SandboxPart service) throws IOException {
        Relay relay = relay(service, SandboxPart.REGISTRY, basePort + REGISTRY);
        String url = "http://127.0.0.1:%d/apis/ccompat/v7".formatted(relay.port());
        set(service, "UNDERSTUDY_REGISTRY_URL", url);
    }

    private Relay relay(SandboxPart from, SandboxPart to, int port) throws IOException {
        Relay relay = Relay.to(from.label() + " → " + to.label(), port);
        relays.add(relay);
        return relay;
    }

    private void set(SandboxPart part, String name, String value) {
        options = options.withSetting(part, name, value);
    }

    /** The first of ports in a row that nobody listens on. */
    private static int freePorts() throws IOException {
        Random random = new Random();
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int first = random.nextInt(FIRST_PORT, LAST_PORT);
            if (areFree(first)) {
                return first;
            }
        }
        throw new IOException("No %d free ports in a row were found".formatted(PORTS));
    }

    private static boolean areFree(int first) {
        for (int port = first; port < first + PORTS; port++) {
            try (ServerSocket socket =
                    new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                socket.setReuseAddress(true);
            } catch (IOException _) {
                return false;
            }
        }
        return true;
    }

    /** The whole system, on these connections. */
    public SandboxOptions options() {
        return options;
    }

    /** Each connection of a service. */
    public List<Relay> relays() {
        return List.copyOf(relays);
    }

    @Override
    public void close() throws IOException {
        for (Relay relay : relays) {
            relay.close();
        }
    }
}
