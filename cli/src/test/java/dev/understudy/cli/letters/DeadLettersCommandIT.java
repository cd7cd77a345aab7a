package dev.understudy.cli.letters;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.cli.Understudy;
import dev.understudy.sandbox.Sandbox;
import dev.understudy.sandbox.SandboxOptions;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import picocli.CommandLine;

/** The command against a replicator that runs. */
@Timeout(240)
class DeadLettersCommandIT {
    private static final String TOPIC = "us.contoso.crm.Account";
    private static final Pattern ID = Pattern.compile("(?m)^([0-9]+@[0-9]+) ");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private String replicator = "";

    @Test
    void lettersAreListedShownRedrivenAndDiscarded() throws Exception {
        try (Sandbox sandbox = Sandbox.open(SandboxOptions.defaults())) {
            replicator = sandbox.replicator().baseUrl().toString();
            for (int i = 0; i < 3; i++) {
                publish(sandbox, "damaged " + i);
            }
            listUntil("3 shown, 3 open.");
            Matcher first = ID.matcher(out.toString());
            assertThat(first.find()).isTrue();
            String id = first.group(1);
            assertThat(out.toString()).contains("key-mismatch", "contoso.crm.Account", "no uuid");

            assertThat(run("show", id)).isZero();
            assertThat(out.toString()).contains("valueBase64", TOPIC, "\"problem\"", "\"open\"");
            assertThat(run("redrive", id)).isOne();
            assertThat(out.toString()).contains(id + " stays: key-mismatch: ");
            assertThat(run("redrive", "--all")).isOne();
            assertThat(out.toString()).contains("0 redriven, 3 left.");
            assertThat(run("redrive", "--all", "--reason", "refused")).isZero();
            assertThat(run("discard", id)).isZero();
            assertThat(run("discard", id)).isEqualTo(3);
            assertThat(err.toString()).contains("409", "discarded");
            assertThat(run("discard", "--all", "--type", "contoso.crm.Account")).isZero();
            assertThat(out.toString()).contains("2 discarded.");
            assertThat(run("list")).isZero();
            assertThat(out.toString()).contains("0 shown, 0 open.");
            assertThat(run("show", "77@1")).isEqualTo(3);
            assertThat(err.toString()).contains("404", "there is no dead letter 77@1");
            assertThat(run("list", "--limit", "501")).isEqualTo(3);
            assertThat(err.toString()).contains("400", "1 to 500");
        }
    }

    @Test
    void lettersAreNamedOrAllAreMeant() {
        assertThat(run("discard")).isEqualTo(2);
        assertThat(run("discard", "--reason", "refused")).isEqualTo(2);
        assertThat(run("redrive", "1@1", "--all")).isEqualTo(2);
        assertThat(err.toString()).contains("or --all");
    }

    @Test
    void aReplicatorThatIsAwayIsOneLine() {
        replicator = "http://127.0.0.1:1";

        assertThat(run("list")).isEqualTo(3);
        assertThat(err.toString()).startsWith("dead-letters: GET http://127.0.0.1:1/");
        assertThat(err.toString().strip()).doesNotContain("\n");
    }

    private void listUntil(String text) {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        do {
            assertThat(System.nanoTime()).as(out.toString()).isLessThan(deadline);
            LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
            var _ = run("list");
        } while (!out.toString().contains(text));
    }

    private int run(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        CommandLine command = Understudy.commandLine();
        command.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        String[] line = new String[arguments.length + (replicator.isEmpty() ? 1 : 3)];
        line[0] = "dead-letters";
        System.arraycopy(arguments, 0, line, 1, arguments.length);
        if (!replicator.isEmpty()) {
            line[line.length - 2] = "--replicator";
            line[line.length - 1] = replicator;
        }
        return command.execute(line);
    }

    private static void publish(Sandbox sandbox, String value) throws Exception {
        try (KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(
                        Map.of("bootstrap.servers", sandbox.kafka().bootstrapServers()),
                        new StringSerializer(),
                        (_, bytes) -> bytes)) {
            producer.send(new ProducerRecord<>(TOPIC, "no uuid", value.getBytes(UTF_8)))
                    .get(10, TimeUnit.SECONDS);
        }
    }
}
