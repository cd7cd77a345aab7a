package dev.understudy.replicator.admin;

import dev.understudy.replicator.apply.Redrive;
import dev.understudy.replicator.letters.DeadLetters;
import dev.understudy.replicator.letters.LetterId;
import dev.understudy.replicator.letters.Selection;
import dev.understudy.schemas.model.CatalogEntry;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Dead letters: list, show, redrive, discard. What it answers is in {@code docs/dead-letters().md}.
 */
@Controller("/admin/dead-letters")
@ExecuteOn(TaskExecutors.BLOCKING)
final class DeadLettersController {
    private static final int MAX_PAGE = 500;

    private final Administered administered;
    private final LetterJson json;

    DeadLettersController(Administered administered) {
        this.administered = administered;
        this.json = new LetterJson(administered);
    }

    @Get
    Map<String, Object> list(
            @QueryValue @Nullable String reason,
            @QueryValue @Nullable String type,
            @QueryValue @Nullable String after,
            @QueryValue(defaultValue = "100") int limit) {
        List<LetterId> page = page(selection(reason, type), after, limit);
        Map<String, Object> answer = json.answer();
        answer.put("open", letters().open());
        answer.put("deadLetters", letters().whole(page).stream().map(json::letter).toList());
        return withNext(answer, page, limit);
    }

    @Get("/{id}")
    Map<String, Object> show(@PathVariable String id) {
        return json.detail(
                letters().show(id(id)).orElseThrow(() -> noSuchLetter(id)),
                letters().isOpen(id(id)));
    }

    @Post("/{id}/redrive")
    @Consumes(MediaType.APPLICATION_JSON)
    Map<String, Object> redrive(@PathVariable String id) {
        LetterId one = open(id);
        return json.result(one, letters().redrive(List.of(one)).get(one));
    }

    @Post("/redrive")
    @Consumes(MediaType.APPLICATION_JSON)
    Map<String, Object> redriveAll(
            @QueryValue @Nullable String reason,
            @QueryValue @Nullable String type,
            @QueryValue @Nullable String after,
            @QueryValue(defaultValue = "500") int limit) {
        List<LetterId> page = page(selection(reason, type), after, limit);
        Map<LetterId, Redrive.Result> results = letters().redrive(page);
        Map<String, Object> answer = json.answer();
        answer.put("tried", results.size());
        answer.put(
                "redriven",
                results.values().stream().filter(Redrive.Result.Done.class::isInstance).count());
        answer.put(
                "left",
                results.entrySet().stream()
                        .filter(entry -> !(entry.getValue() instanceof Redrive.Result.Done))
                        .map(entry -> json.result(entry.getKey(), entry.getValue()))
                        .toList());
        return withNext(answer, page, limit);
    }

    @Post("/{id}/discard")
    @Consumes(MediaType.APPLICATION_JSON)
    Map<String, Object> discard(@PathVariable String id) {
        LetterId one = open(id);
        letters().discard(List.of(one));
        return Map.of("id", one.text(), "status", "discarded");
    }

    @Post("/discard")
    @Consumes(MediaType.APPLICATION_JSON)
    Map<String, Object> discardAll(
            @QueryValue @Nullable String reason,
            @QueryValue @Nullable String type,
            @QueryValue @Nullable String after,
            @QueryValue(defaultValue = "500") int limit) {
        List<LetterId> page = page(selection(reason, type), after, limit);
        letters().discard(page);
        Map<String, Object> answer = json.answer();
        answer.put("discarded", page.size());
        return withNext(answer, page, limit);
    }

    private List<LetterId> page(Selection selection, @Nullable String after, int limit) {
        if (limit < 1 || limit > MAX_PAGE) {
            throw wrong("limit is %d: 1 to %d".formatted(limit, MAX_PAGE));
        }
        return letters().ids(selection, Optional.ofNullable(after).map(this::id), limit);
    }

    private static Map<String, Object> withNext(
            Map<String, Object> answer, List<LetterId> page, int limit) {
        if (page.size() == limit) {
            answer.put("next", page.getLast().text());
        }
        return answer;
    }

    private Selection selection(@Nullable String reason, @Nullable String type) {
        return new Selection(
                Optional.ofNullable(reason), Optional.ofNullable(type).map(this::topic));
    }

    /** Of a type that is configured, or as it is: letters may be older than the catalog. */
    private String topic(String type) {
        return administered.catalog().entries().stream()
                .filter(entry -> entry.type().fullName().equals(type))
                .map(CatalogEntry::topic)
                .findFirst()
                .orElse(type);
    }

    private DeadLetters letters() {
        return administered.deadLetters();
    }

    private LetterId open(String text) {
        LetterId id = id(text);
        if (letters().isOpen(id)) {
            return id;
        }
        throw letters()
                .decision(id)
                .map(decision ->
                        new AdminFault(
                                HttpStatus.CONFLICT,
                                "AlreadyDecided",
                                "%s was %s at %s"
                                        .formatted(text, decision.kind().text(), decision.at())))
                .orElseGet(() -> noSuchLetter(text));
    }

    private LetterId id(String text) {
        try {
            return LetterId.parse(text);
        } catch (IllegalArgumentException e) {
            throw wrong(String.valueOf(e.getMessage()));
        }
    }

    private static AdminFault wrong(String message) {
        return new AdminFault(HttpStatus.BAD_REQUEST, "BadRequest", message);
    }

    private static AdminFault noSuchLetter(String id) {
        return new AdminFault(HttpStatus.NOT_FOUND, "NotFound", "there is no dead letter " + id);
    }
}
