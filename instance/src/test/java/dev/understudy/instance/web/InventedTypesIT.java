package dev.understudy.instance.web;

import static dev.understudy.instance.web.Answers.assertError;
import static dev.understudy.instance.web.Answers.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.understudy.sandbox.PostgresServer;
import dev.understudy.schemas.model.EntityKey;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Types that are only schema files, with keys that are any text. */
@Timeout(120)
final class InventedTypesIT {
    @TempDir private static Path schemas;
    private static InstanceServer instance;

    @BeforeAll
    static void start() throws IOException {
        Files.writeString(
                schemas.resolve("Maker.avsc"),
                """
                {"type": "record", "name": "Maker", "namespace": "test", "entity.key": "makerId",
                 "fields": [{"name": "makerId", "type": "string"}]}
                """);
        Files.writeString(
                schemas.resolve("Gadget.avsc"),
                """
                {"type": "record", "name": "Gadget", "namespace": "test", "entity.key": "gadgetId",
                 "fields": [
                   {"name": "gadgetId", "type": "string"},
                   {"name": "makerId", "type": ["null", "string"], "default": null,
                    "entity.references": "test.Maker"},
                   {"name": "licenseeId", "type": ["null", "string"], "default": null,
                    "entity.references": "test.Maker", "entity.onMissing": "reject"}]}
                """);
        Files.writeString(
                schemas.resolve("Counter.avsc"),
                """
                {"type": "record", "name": "Counter", "namespace": "test",
                 "entity.key": "counterId",
                 "fields": [{"name": "counterId", "type": "long"}]}
                """);
        instance =
                InstanceServer.start(
                        PostgresServer.shared().freshDatabase(),
                        "europe",
                        "us.test.Maker,europe.test.Gadget,europe.test.Counter",
                        "understudy.schemas=" + schemas);
    }

    @AfterAll
    static void stop() {
        instance.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "A-1", "O'Neil", "''", "a/b", "a%2Fb", "a,b)c(d", "a=b", "100%", "ключ", "😀", " ",
                "+", "a+b c", "?x#y&z", "\\", "\"", "\n", "..", ".", "a;b", "a//b", "{x}", "[1]"
            })
    void anyTextIsAKey(String text) {
        String key = KeyLiteral.encode(new EntityKey.OfString(text));
        String binding = "{\"maker@odata.bind\": %s}".formatted(quoted("/makers(" + key + ")"));

        HttpResponse<String> created = instance.send("PATCH", "gadgets(" + key + ")", binding);

        assertThat(created.statusCode()).as(created.body()).isEqualTo(204);
        String location = created.headers().firstValue("Location").orElseThrow();
        JsonNode read = json(instance.get(location.substring(instance.url("").length())));
        assertThat(read.get("gadgetId").textValue()).isEqualTo(text);
        assertThat(read.get("makerId").textValue()).isEqualTo(text);
        assertThat(read.get("maker@understudy.state").textValue()).isEqualTo("placeholder");
        assertThat(instance.send("DELETE", "gadgets(" + key + ")", "").statusCode()).isEqualTo(204);
    }

    @Test
    void reservedCharactersMayStandBare() {
        String path = "gadgets('O''Neil,(Ltd)+=@:!$&*')";

        assertThat(instance.send("PATCH", path, "{}").statusCode()).isEqualTo(204);
        assertThat(json(instance.get(path)).get("gadgetId").textValue())
                .isEqualTo("O'Neil,(Ltd)+=@:!$&*");
        instance.send("DELETE", path, "");
    }

    @Test
    void aTextKeyIsNotGenerated() {
        assertError(instance.send("POST", "gadgets", "{}"), 400, "MissingField");
        assertError(instance.send("POST", "gadgets", "{\"gadgetId\": \"\"}"), 400, "InvalidKey");
    }

    @Test
    void aFieldThatRejectsDoesSoUnderEveryPolicy() {
        String path = "gadgets('strict')";

        assertError(
                instance.send("PATCH", path, "{\"licenseeId\": \"L-1\"}"), 422, "MissingReference");
        assertError(
                instance.send("PATCH", path, "{\"licenseeId\": \"L-1\", \"makerId\": \"L-1\"}"),
                422,
                "MissingReference");
    }

    @ParameterizedTest
    @ValueSource(strings = {"counters", "counters?$top=22"})
    void pagesHoldEveryRowOnceInOrder(String first) {
        for (long i = -7; i < 15; i++) {
            instance.send("PATCH", "counters(" + i + ")", "{}");
        }
        List<Long> keys = new ArrayList<>();
        String next = first;
        while (next != null) {
            HttpResponse<String> page = instance.get(next, "Prefer", "odata.maxpagesize=5");
            assertThat(page.headers().firstValue("Preference-Applied"))
                    .contains("odata.maxpagesize=5");
            JsonNode value = json(page).get("value");
            assertThat(value.size()).isBetween(1, 5);
            value.forEach(one -> keys.add(one.get("counterId").longValue()));
            JsonNode link = json(page).get("@odata.nextLink");
            next = link == null ? null : link.textValue().substring(instance.url("").length());
        }
        assertThat(keys).hasSize(22).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void topLimitsAcrossPages() {
        for (int i = 100; i < 110; i++) {
            instance.send("PATCH", "gadgets('top-" + i + "')", "{}");
        }

        JsonNode page = json(instance.get("gadgets?$top=3", "Prefer", "odata.maxpagesize=2"));

        assertThat(page.get("value")).hasSize(2);
        String next = page.get("@odata.nextLink").textValue();
        assertThat(next).contains("$top=1");
        JsonNode last = json(instance.get(next.substring(instance.url("").length())));
        assertThat(last.get("value")).hasSize(1);
        assertThat(last.has("@odata.nextLink")).isFalse();
        assertThat(json(instance.get("gadgets?$top=0")).get("value")).isEmpty();
    }

    private static String quoted(String text) {
        return JsonNodeFactory.instance.textNode(text).toString();
    }
}
