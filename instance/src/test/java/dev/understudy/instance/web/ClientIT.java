package dev.understudy.instance.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.sandbox.PostgresServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An unmodified Dataverse client from npm works with an instance. Needs {@code npm}. */
@Timeout(180)
final class ClientIT {
    @TempDir private Path directory;

    @Test
    void aDataverseClientDoesItsWork() throws Exception {
        for (String file : List.of("package.json", "client.cjs")) {
            try (var resource = ClientIT.class.getResourceAsStream("/client/" + file)) {
                Files.copy(Objects.requireNonNull(resource), directory.resolve(file));
            }
        }
        run("npm", "install", "--no-audit", "--no-fund", "--no-package-lock");
        try (InstanceServer us =
                InstanceServer.start(
                        PostgresServer.shared().freshDatabase(),
                        "us",
                        "us.contoso.crm.Account,us.contoso.crm.Contact,us.contoso.crm.Ticket")) {
            String url = us.url("");

            String output = run("node", "client.cjs", url.substring(0, url.indexOf("/api/")));

            assertThat(output.lines()).hasSize(7).allMatch(line -> line.startsWith("ok "));
        }
    }

    private String run(String... command) throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(command)
                        .directory(directory.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(directory.resolve("output").toFile())
                        .start();
        if (!process.waitFor(90, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        String output = Files.readString(directory.resolve("output"), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as("%s: %s", List.of(command), output).isZero();
        return output;
    }
}
