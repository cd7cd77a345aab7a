package dev.understudy.replicator.admin;

import dev.understudy.replicator.progress.CaughtUp;
import dev.understudy.replicator.progress.Progress;
import dev.understudy.service.security.Admits;
import dev.understudy.service.security.Callers;
import dev.understudy.service.security.Grants;
import dev.understudy.service.security.Role;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** What is left of a bootstrap, or after an outage; {@code docs/completeness.md}. */
@Controller("/admin/progress")
@Admits({Role.REPLICATE, Role.ADMINISTER})
final class ProgressController {
    private final Administered administered;
    private final Callers callers;
    private final Clock clock = Clock.systemUTC();

    ProgressController(Administered administered, Callers callers) {
        this.administered = administered;
        this.callers = callers;
    }

    /** What is told of all types together is for those who have the role for all of them. */
    @Get
    Map<String, Object> progress(HttpRequest<?> request) {
        Grants grants = callers.grants(request);
        Instant now = clock.instant();
        Progress.Report report = administered.progress().report();
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("phase", report.since().isPresent() ? "catching up" : "live");
        report.since().ifPresent(since -> answer.put("since", since.toString()));
        Map<String, Long> left = new TreeMap<>(report.left());
        left.keySet().removeIf(topic -> !isGranted(topic, grants));
        answer.put("left", left.values().stream().mapToLong(Long::longValue).sum());
        answer.put("leftByTopic", left);
        if (!grants.allowAll(Role.REPLICATE) && !grants.allowAll(Role.ADMINISTER)) {
            return answer;
        }
        answer.put("recordsPerSecond", Math.round(report.perSecond()));
        report.rest().ifPresent(rest -> answer.put("estimatedEnd", now.plus(rest).toString()));
        report.last().ifPresent(last -> answer.put("lastCaughtUp", json(last)));
        return answer;
    }

    private boolean isGranted(String topic, Grants grants) {
        return administered.catalog().entries().stream()
                .filter(entry -> entry.topic().equals(topic))
                .anyMatch(entry ->
                        grants.allowOneOf(
                                entry.type().fullName(), Role.REPLICATE, Role.ADMINISTER));
    }

    private static Map<String, Object> json(CaughtUp last) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("at", last.at().toString());
        json.put("seconds", last.took().toMillis() / 1000.0);
        last.afterHealing()
                .ifPresent(time -> json.put("secondsAfterHealing", time.toMillis() / 1000.0));
        json.put("records", last.records());
        json.put("outcomes", last.outcomes());
        json.put("changedRows", last.hasChangedRows());
        json.put("words", last.words());
        return json;
    }
}
