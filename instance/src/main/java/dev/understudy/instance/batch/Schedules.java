package dev.understudy.instance.batch;

import dev.understudy.service.InvalidConfigurationException;
import io.micronaut.scheduling.cron.CronExpression;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * When the changes of each scheduled type are published.
 *
 * @param cron by the type's full name: five or six fields (seconds first), in UTC
 */
public record Schedules(Map<String, String> cron) {
    public static final Schedules NONE = new Schedules(Map.of());
    private static final String PROPERTY = "understudy.publishing.schedules";

    public Schedules {
        cron = Map.copyOf(cron);
        cron.values().forEach(CronExpression::create);
    }

    /**
     * From text such as {@code contoso.crm.Account=0 2 * * *; contoso.crm.Contact=0 3 * * *}.
     *
     * @throws InvalidConfigurationException if it cannot be understood
     */
    public static Schedules of(String text) {
        Map<String, String> cron = new LinkedHashMap<>();
        for (String one : text.split(";", -1)) {
            if (!one.isBlank()) {
                int equals = one.indexOf('=');
                if (equals < 1) {
                    throw invalid(text);
                }
                cron.put(one.substring(0, equals).strip(), one.substring(equals + 1).strip());
            }
        }
        try {
            return new Schedules(cron);
        } catch (IllegalArgumentException _) {
            throw invalid(text);
        }
    }

    /** The types that have one. */
    public Set<String> types() {
        return cron.keySet();
    }

    /**
     * When the next batch of a type is due, after one at this time; empty if it has no schedule.
     */
    Optional<Instant> next(String type, Instant last) {
        return Optional.ofNullable(cron.get(type))
                .map(CronExpression::create)
                .map(expression ->
                        expression.nextTimeAfter(last.atZone(ZoneOffset.UTC)).toInstant());
    }

    private static InvalidConfigurationException invalid(String text) {
        return new InvalidConfigurationException(
                PROPERTY, text, "<type>=<cron expression>, separated by semicolons");
    }
}
