package dev.understudy.cli.token;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.understudy.sandbox.AccessToken;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Prints a bearer token for services that are configured with a key. */
@Command(
        name = "token",
        mixinStandardHelpOptions = true,
        description = {
            "Prints a token for services that have the key in UNDERSTUDY_SECURITY_KEY.",
            "The other commands send the one in UNDERSTUDY_TOKEN."
        })
public final class TokenCommand implements Runnable {
    private static final String KEY = "UNDERSTUDY_SECURITY_KEY";
    private static final int LEAST_KEY_BYTES = 32;

    @Option(
            names = "--roles",
            split = ",",
            paramLabel = "ROLE",
            description =
                    "read, write, replicate, administer; of one type: read:contoso.crm.Account.",
            defaultValue = "read,write,replicate,administer")
    private List<String> roles;

    @Option(
            names = "--hours",
            description = "How long it holds: ${DEFAULT-VALUE} hours.",
            defaultValue = "12")
    private int hours;

    @Spec private CommandSpec spec;

    private TokenCommand() {}

    @Override
    public void run() {
        String key = Optional.ofNullable(System.getenv(KEY)).orElse("").strip();
        if (key.getBytes(UTF_8).length < LEAST_KEY_BYTES) {
            throw new ParameterException(
                    spec.commandLine(), KEY + " is not set to a secret of at least 32 bytes");
        }
        for (String role : roles) {
            if (!role.matches("(read|write|replicate|administer)(:[A-Za-z_][\\w.]*)?")) {
                throw new ParameterException(spec.commandLine(), "'" + role + "' is no role");
            }
        }
        spec.commandLine()
                .getOut()
                .println(AccessToken.of(key, roles, Instant.now().plus(Duration.ofHours(hours))));
    }
}
