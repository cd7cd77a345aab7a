package dev.understudy.replicator.admin;

import dev.understudy.replicator.completeness.TypeCompleteness;
import dev.understudy.service.security.Admits;
import dev.understudy.service.security.Callers;
import dev.understudy.service.security.Grants;
import dev.understudy.service.security.Role;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Up to which time each type is complete; {@code docs/completeness.md}. */
@Controller("/admin/completeness")
@Admits({Role.REPLICATE, Role.ADMINISTER})
@ExecuteOn(TaskExecutors.BLOCKING)
final class CompletenessController {
    private final Administered administered;
    private final Callers callers;
    private final Clock clock = Clock.systemUTC();

    CompletenessController(Administered administered, Callers callers) {
        this.administered = administered;
        this.callers = callers;
    }

    /** Of the types that the caller compares or administers. */
    @Get
    Map<String, Object> types(HttpRequest<?> request) {
        Grants grants = callers.grants(request);
        Instant now = clock.instant();
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("time", now.toString());
        answer.put(
                "types",
                administered.completeness().types().stream()
                        .filter(type ->
                                grants.allowOneOf(type.type(), Role.REPLICATE, Role.ADMINISTER))
                        .map(type -> json(type, now))
                        .toList());
        return answer;
    }

    private static Map<String, Object> json(TypeCompleteness type, Instant now) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("type", type.type());
        json.put("owner", type.owner());
        type.asOf()
                .ifPresent(time -> {
                    json.put("completeAsOf", time.toString());
                    json.put("ageSeconds", type.ageSeconds(now));
                });
        type.lastHeartbeat().ifPresent(time -> json.put("lastHeartbeat", time.toString()));
        json.put("except", type.except());
        json.put("exceptions", type.exceptions());
        json.put("discarded", type.discarded());
        json.put("words", type.words());
        return json;
    }
}
