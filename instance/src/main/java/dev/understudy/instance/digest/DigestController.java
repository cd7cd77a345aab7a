package dev.understudy.instance.digest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.understudy.instance.admin.AdminFault;
import dev.understudy.instance.admin.AdminJson;
import dev.understudy.instance.admin.Types;
import dev.understudy.service.security.Admits;
import dev.understudy.service.security.Role;
import dev.understudy.store.digest.remote.DigestAnswers;
import dev.understudy.store.digest.remote.Question;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;

/** One side of a comparison of owner and replica; {@code docs/digest.md}. */
@Controller("/admin/digest")
@Admits({Role.REPLICATE, Role.ADMINISTER})
@ExecuteOn(TaskExecutors.BLOCKING)
final class DigestController {
    private static final byte[] NOTHING = {};

    private final DigestAnswers answers;
    private final Types types;
    private final Clock clock;

    DigestController(DigestConnections connections, Types types, Clock clock) {
        this.answers = new DigestAnswers(connections.side());
        this.types = types;
        this.clock = clock;
    }

    /** Who this is, what time it is here, and which types the caller can compare. */
    @Get
    HttpResponse<byte[]> types() {
        return AdminJson.answering(() -> {
            ObjectNode answer = AdminJson.object();
            answer.put("instance", types.instance());
            answer.put("time", clock.instant().toString());
            ArrayNode list = answer.putArray("types");
            types.all().stream()
                    .filter(entry ->
                            types.isGranted(
                                    entry.type().fullName(), Role.REPLICATE, Role.ADMINISTER))
                    .forEach(entry ->
                            list.addObject()
                                    .put("type", entry.type().fullName())
                                    .put("owner", entry.owner()));
            return answer;
        });
    }

    @Post("/{question}")
    @Consumes("application/json")
    HttpResponse<byte[]> answer(@PathVariable String question, HttpRequest<byte[]> request) {
        return AdminJson.answeringBytes(() -> {
            Question asked =
                    Question.of(question)
                            .orElseThrow(() ->
                                    AdminFault.notFound(
                                            "there is no question '%s'".formatted(question)));
            byte[] body = request.getBody().orElse(NOTHING);
            typesIn(body).forEach(type -> types.require(type, Role.REPLICATE, Role.ADMINISTER));
            return answers.answer(asked, body);
        });
    }

    /** The types that a question names: by itself, or in its scope. */
    private static List<String> typesIn(byte[] body) {
        ObjectNode question = AdminJson.read(body);
        return Stream.of(question.path("type"), question.path("scope").path("type"))
                .filter(JsonNode::isTextual)
                .map(JsonNode::textValue)
                .toList();
    }
}
