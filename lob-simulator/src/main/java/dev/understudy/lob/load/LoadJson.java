package dev.understudy.lob.load;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.understudy.lob.load.LoadResult.OfOperation;
import java.util.Map;
import java.util.TreeMap;

/** A result as JSON: times in milliseconds, rates per second. */
final class LoadJson {

    private LoadJson() {}

    static ObjectNode of(LoadResult result) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.set("settings", settings(result.settings()));
        json.put("startedAt", result.timing().startedAt().toString());
        json.put("elapsedMs", result.timing().elapsed().toMillis());
        json.put("answeredPerSecond", rounded(result.timing().answeredPerSecond()));
        json.put("due", result.due());
        json.put("accepted", result.accepted());
        json.put("refused", result.refused());
        json.put("unanswered", result.unanswered());
        json.put("notSent", result.notSent());
        json.put("held", result.held());
        Map<String, Long> refused = new TreeMap<>();
        Map<String, Long> unanswered = new TreeMap<>();
        ObjectNode operations = JsonNodeFactory.instance.objectNode();
        result.operations()
                .forEach((operation, share) -> {
                    share.refused().forEach((code, count) -> refused.merge(code, count, Long::sum));
                    share.unanswered()
                            .forEach((code, count) -> unanswered.merge(code, count, Long::sum));
                    operations.set(operation.label(), operation(share));
                });
        json.set("refusedByCode", counts(refused));
        json.set("unansweredByCode", counts(unanswered));
        json.set("operations", operations);
        json.putObject("tickets")
                .put("shown", result.tickets().shown())
                .put("onPlaceholders", result.tickets().onPlaceholders())
                .put("placeholders", result.tickets().placeholders());
        ObjectNode hydration =
                json.putObject("hydration")
                        .put("sampled", result.hydration().sampled())
                        .put("notSampled", result.hydration().notSampled())
                        .put("notSeen", result.hydration().notSeen());
        hydration.set("delayMs", percentiles(result.hydration().delay()));
        return json;
    }

    private static ObjectNode settings(LoadSettings settings) {
        ObjectNode json =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("perSecond", settings.pace().perSecond())
                        .put("lengthMs", settings.pace().length().toMillis())
                        .put("seed", settings.data().seed())
                        .put("run", settings.data().run())
                        .put("accounts", settings.data().accounts())
                        .put("inFlight", settings.bounds().inFlight())
                        .put("requestTimeoutMs", settings.bounds().requestTimeout().toMillis())
                        .put("circuitFailures", settings.bounds().resilience().failures());
        ObjectNode mix = json.putObject("mix");
        settings.mix().weights().forEach((operation, weight) -> mix.put(operation.label(), weight));
        return json;
    }

    private static ObjectNode operation(OfOperation share) {
        ObjectNode json =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("due", share.due())
                        .put("accepted", share.accepted());
        json.set("refusedByCode", counts(share.refused()));
        json.set("unansweredByCode", counts(share.unanswered()));
        json.put("notSent", share.notSent());
        json.set("latencyMs", percentiles(share.latency()));
        return json;
    }

    private static ObjectNode counts(Map<String, Long> counts) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        counts.forEach(json::put);
        return json;
    }

    private static ObjectNode percentiles(Percentiles percentiles) {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("count", percentiles.count());
        if (percentiles.count() > 0) {
            json.put("p50", percentiles.p50Ms())
                    .put("p90", percentiles.p90Ms())
                    .put("p99", percentiles.p99Ms())
                    .put("p99.9", percentiles.p999Ms())
                    .put("max", percentiles.maxMs());
        }
        return json;
    }

    private static double rounded(double value) {
        return Math.round(value * 10) / 10.0;
    }
}
