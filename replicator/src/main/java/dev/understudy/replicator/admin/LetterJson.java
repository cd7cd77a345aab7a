package dev.understudy.replicator.admin;

import dev.understudy.replicator.apply.DeadLetterHeaders;
import dev.understudy.replicator.apply.Redrive;
import dev.understudy.replicator.letters.Letter;
import dev.understudy.replicator.letters.LetterContent;
import dev.understudy.replicator.letters.LetterDetail;
import dev.understudy.replicator.letters.LetterId;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Dead letters as the administration shows them. */
final class LetterJson {
    private final Administered administered;

    LetterJson(Administered administered) {
        this.administered = administered;
    }

    Map<String, Object> answer() {
        return new LinkedHashMap<>();
    }

    Map<String, Object> letter(Letter letter) {
        Map<String, Object> json = answer();
        json.put("id", letter.id().text());
        json.put("type", type(letter.origin().topic()));
        json.put("key", letter.key());
        json.put("reason", letter.reason());
        json.put("message", letter.message());
        json.put("time", letter.at());
        json.put("origin", letter.origin().text());
        return json;
    }

    Map<String, Object> detail(LetterDetail detail, boolean open) {
        Map<String, String> reported = detail.reported();
        Map<String, Object> json = answer();
        json.put("id", detail.id().text());
        json.put(
                "status",
                open
                        ? "open"
                        : detail.decision()
                                .map(decision -> decision.kind().text())
                                .orElse("unknown"));
        detail.decision().ifPresent(decision -> json.put("decidedAt", decision.at().toString()));
        json.put("type", type(reported.getOrDefault(DeadLetterHeaders.TOPIC, "")));
        json.put(
                "origin",
                "%s-%s@%s"
                        .formatted(
                                reported.get(DeadLetterHeaders.TOPIC),
                                reported.get(DeadLetterHeaders.PARTITION),
                                reported.get(DeadLetterHeaders.OFFSET)));
        json.put("reason", reported.getOrDefault(DeadLetterHeaders.REASON, ""));
        json.put("message", reported.getOrDefault(DeadLetterHeaders.MESSAGE, ""));
        json.put("exception", reported.getOrDefault(DeadLetterHeaders.EXCEPTION, ""));
        json.put("time", reported.getOrDefault(DeadLetterHeaders.TIME, ""));
        json.put("headers", detail.headers());
        json.put("decoded", content(detail.decoded()));
        detail.bytes().key().ifPresent(base64 -> json.put("keyBase64", base64));
        detail.bytes().value().ifPresent(base64 -> json.put("valueBase64", base64));
        return json;
    }

    private Map<String, Object> content(LetterContent decoded) {
        Map<String, Object> json = answer();
        decoded.schemaId().ifPresent(id -> json.put("schemaId", id));
        decoded.schema().ifPresent(schema -> json.put("schema", schema));
        decoded.content().ifPresent(content -> json.put("content", content));
        decoded.problem().ifPresent(problem -> json.put("problem", problem));
        return json;
    }

    Map<String, Object> result(LetterId id, Redrive.@Nullable Result result) {
        Map<String, Object> json = answer();
        json.put("id", id.text());
        switch (result) {
            case Redrive.Result.Done(String outcome) -> {
                json.put("status", "redriven");
                json.put("outcome", outcome);
            }
            case Redrive.Result.Rejected(String reason, String message) -> {
                json.put("status", "open");
                json.put("reason", reason);
                json.put("message", message);
            }
            case Redrive.Result.Unavailable(var fault) -> {
                json.put("status", "open");
                json.put("reason", "unavailable");
                json.put("message", fault.part() + ": " + fault.message());
            }
            case null -> json.put("status", "unknown");
        }
        return json;
    }

    /** The type's full name, if it is configured; else its topic. */
    private String type(String topic) {
        return administered
                .catalog()
                .byTopic(topic)
                .map(entry -> entry.type().fullName())
                .orElse(topic);
    }
}
