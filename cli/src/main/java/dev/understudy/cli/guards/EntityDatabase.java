package dev.understudy.cli.guards;

import java.util.Optional;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.postgresql.ds.PGSimpleDataSource;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The database that has the entities' tables, by the variables of its service or by options. */
final class EntityDatabase {
    private static final String URL = "UNDERSTUDY_DATABASE_URL";
    private static final String USER = "UNDERSTUDY_DATABASE_USER";
    private static final String PASSWORD = "UNDERSTUDY_DATABASE_PASSWORD";

    /** No user information: the driver would take it for a port, and log it. */
    private static final Pattern USABLE = Pattern.compile("jdbc:postgresql:[^@?]+(\\?.*)?");

    private static final Pattern HAS_USER = Pattern.compile("[?&]user=");
    private static final Pattern HAS_PASSWORD = Pattern.compile("[?&]password=");

    @Option(
            names = "--database-url",
            paramLabel = "URL",
            description =
                    "JDBC URL of an instance's database, as jdbc:postgresql://localhost:5432/crm."
                            + " Default: "
                            + URL
                            + ".")
    private @Nullable String url;

    @Option(
            names = "--database-user",
            paramLabel = "USER",
            description = {
                "The role that owns the entities' tables. Default: " + USER + ", or understudy.",
                "Its password is in " + PASSWORD + "."
            })
    private @Nullable String user;

    private EntityDatabase() {}

    /**
     * Where connections come from; none is made yet.
     *
     * @throws ParameterException if there is no URL, or no usable one; it is not repeated
     */
    DataSource dataSource(CommandSpec spec) {
        String place =
                Optional.ofNullable(url)
                        .or(() -> environment(URL))
                        .orElseThrow(
                                () -> wrong(spec, "Which database? --database-url, or " + URL));
        if (!USABLE.matcher(place).matches() || Driver.parseURL(place, null) == null) {
            throw wrong(
                    spec,
                    "The database's URL is none such as jdbc:postgresql://localhost:5432/crm");
        }
        if (url != null && HAS_PASSWORD.matcher(url).find()) {
            throw wrong(spec, "Everybody sees a command's options: the password is " + PASSWORD);
        }
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(place);
        Optional.ofNullable(user)
                .or(() -> HAS_USER.matcher(place).find() ? Optional.empty() : role())
                .ifPresent(source::setUser);
        environment(PASSWORD).ifPresent(source::setPassword);
        source.setApplicationName("understudy guards");
        return source;
    }

    private static Optional<String> role() {
        return environment(USER).or(() -> Optional.of("understudy"));
    }

    private static Optional<String> environment(String name) {
        return Optional.ofNullable(System.getenv(name)).filter(text -> !text.isBlank());
    }

    private static ParameterException wrong(CommandSpec spec, String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
