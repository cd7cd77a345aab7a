package dev.understudy.system;

import dev.understudy.sandbox.KafkaServer;
import dev.understudy.sandbox.ServerOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Kafka that beside the plain listener that the sandbox watches has one that wants TLS and SASL.
 */
record SecuredKafka(KafkaServer server, String address, SelfMadeCertificate certificate) {
    static final String SECRET = "kafka-s3cret";
    private static final String LOGIN =
            "org.apache.kafka.common.security.plain.PlainLoginModule required ";
    private static final String LISTENER = "listener.name.secured.";

    static SecuredKafka open(SelfMadeCertificate certificate) throws IOException {
        int plain = freePort();
        int controller = freePort();
        String address = "127.0.0.1:" + freePort();
        KafkaServer server =
                KafkaServer.open(
                        ServerOptions.defaults()
                                .withPorts(plain, controller)
                                .withSetting(
                                        "listeners",
                                        "PLAINTEXT://127.0.0.1:%d,SECURED://%s,CONTROLLER://127.0.0.1:%d"
                                                .formatted(plain, address, controller))
                                .withSetting(
                                        "listener.security.protocol.map",
                                        "PLAINTEXT:PLAINTEXT,SECURED:SASL_SSL,CONTROLLER:PLAINTEXT")
                                .withSetting(
                                        LISTENER + "ssl.keystore.location",
                                        certificate.store().toString())
                                .withSetting(
                                        LISTENER + "ssl.keystore.password", certificate.password())
                                .withSetting("sasl.enabled.mechanisms", "PLAIN")
                                .withSetting(
                                        LISTENER + "plain.sasl.jaas.config",
                                        LOGIN + "user_understudy=\"" + SECRET + "\";"));
        return new SecuredKafka(server, address, certificate);
    }

    /** Writes how a client connects. */
    Path clientProperties(Path file) throws IOException {
        return Files.writeString(
                file,
                """
                security.protocol=SASL_SSL
                ssl.truststore.location=%s
                ssl.truststore.password=%s
                sasl.mechanism=PLAIN
                sasl.jaas.config=%susername="understudy" password="%s";
                """
                        .formatted(certificate.store(), certificate.password(), LOGIN, SECRET));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
