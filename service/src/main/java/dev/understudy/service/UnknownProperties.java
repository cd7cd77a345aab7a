package dev.understudy.service;

import io.micronaut.context.env.Environment;
import io.micronaut.context.env.PropertySource;
import io.micronaut.context.env.PropertySource.PropertyConvention;
import io.micronaut.core.naming.NameUtils;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Finds properties that no one reads: a misspelt name would otherwise leave a default in force, in
 * silence.
 */
final class UnknownProperties {
    private static final String PREFIX = "understudy.";
    private static final String VARIABLE_PREFIX = "UNDERSTUDY_";

    /** A system property of the sandbox, which may run in the same JVM. */
    private static final String HOME = "understudy.home";

    /** The command line's token, which may be exported where a service is started, too. */
    private static final String TOKEN = "UNDERSTUDY_TOKEN";

    /**
     * What Kubernetes derives from the names of services, such as understudy-replicator. For each
     * there is a {@code …_SERVICE_HOST}.
     */
    private static final Pattern DERIVED =
            Pattern.compile(
                    "(.*?)(_SERVICE_HOST|_SERVICE_PORT(_.*)?|_PORT(_\\d+_(TCP|UDP|SCTP)(_.*)?)?)");

    private static final Pattern LINK = Pattern.compile("(tcp|udp|sctp)://.*");

    private final Set<String> names;
    private final Set<String> variables;

    UnknownProperties(KnownProperties known) {
        this.names = known.names();
        this.variables =
                names.stream().map(UnknownProperties::variable).collect(Collectors.toSet());
    }

    /**
     * Passes if all properties of the environment are known.
     *
     * @throws StartException naming those that are not, as they are written, each with the nearest
     *     that is
     */
    void check(Environment environment) {
        Map<String, String> unknown = new TreeMap<>();
        environment.getPropertySources().forEach(source -> check(source, unknown));
        if (!unknown.isEmpty()) {
            String all =
                    unknown.entrySet().stream()
                            .map(each ->
                                    "%s is not known; did you mean %s?"
                                            .formatted(each.getKey(), each.getValue()))
                            .collect(Collectors.joining(" "));
            throw new StartException(StartCode.UNKNOWN_PROPERTY, all);
        }
    }

    private void check(PropertySource source, Map<String, String> unknown) {
        boolean isVariables = source.getConvention() == PropertyConvention.ENVIRONMENT_VARIABLE;
        for (String key : source) {
            if (isVariables && key.startsWith(VARIABLE_PREFIX) && !isOthers(key, source)) {
                add(key, key, variables, unknown);
            } else if (!isVariables && key.startsWith(PREFIX) && !key.equals(HOME)) {
                add(key, hyphenated(key), names, unknown);
            }
        }
    }

    private static boolean isOthers(String key, PropertySource source) {
        return key.equals(TOKEN) || isDerived(key, source);
    }

    private static boolean isDerived(String key, PropertySource source) {
        Matcher derived = DERIVED.matcher(key);
        return derived.matches()
                && (source.get(derived.group(1) + "_SERVICE_HOST") != null
                        || LINK.matcher(String.valueOf(source.get(key))).matches());
    }

    private static void add(
            String written, String key, Set<String> known, Map<String, String> unknown) {
        if (!known.contains(key)) {
            unknown.put(written, nearest(key, known));
        }
    }

    private static String variable(String name) {
        return name.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
    }

    /** {@code understudy.catalog[1]} is {@code understudy.catalog}, poolSize is pool-size. */
    private static String hyphenated(String key) {
        String plain = key.replaceAll("\\[\\d+]", "");
        return NameUtils.hyphenate(plain, true);
    }

    private static String nearest(String key, Collection<String> known) {
        return known.stream()
                .sorted()
                .min(Comparator.comparingInt(each -> EditDistance.between(key, each)))
                .orElseThrow();
    }
}
