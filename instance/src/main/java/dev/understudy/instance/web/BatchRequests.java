package dev.understudy.instance.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the requests of a batch, and puts URLs in the place of references to earlier ones. */
final class BatchRequests {
    private static final Pattern REQUEST_LINE =
            Pattern.compile("([A-Z]{1,10}) +(\\S+)(?: +HTTP/1\\.[01])?\\s*");

    private static final Pattern REFERENCE = Pattern.compile("/?\\$([A-Za-z0-9._-]{1,50})(/.*)?");
    private static final Pattern WITH_BODY = Pattern.compile("POST|PATCH|PUT");

    private final ApiRequest batch;
    private final Map<String, String> entities = new HashMap<>();
    private final Map<String, String> references = new HashMap<>();

    BatchRequests(ApiRequest batch) {
        this.batch = batch;
    }

    /** Lets later requests call the entity {@code $<content ID>}. */
    void remember(String contentId, String url) {
        entities.put(contentId, url);
        references.put(contentId, url);
    }

    /** The same where they refer to it: who has an alternate key is seen only as they are done. */
    void rememberAlternateKey(String contentId, String url) {
        references.put(contentId, url);
    }

    /** The request in a part. */
    ApiRequest read(Multipart.Part part) {
        String text = part.content().stripLeading();
        int end = text.indexOf('\n');
        String line = end < 0 ? text : text.substring(0, end);
        Matcher matcher = REQUEST_LINE.matcher(line);
        if (!matcher.matches()) {
            throw Multipart.invalid(
                    "'%s' is not the first line of a request"
                            .formatted(Multipart.shortened(line.strip())));
        }
        Multipart.Part request = Multipart.part(end < 0 ? "" : text.substring(end + 1));
        String method = matcher.group(1);
        byte[] body = WITH_BODY.matcher(method).matches() ? request.bytes() : new byte[0];
        return new ApiRequest(
                method, target(matcher.group(2)), request.headers(), resolved(body), batch);
    }

    /** Relative to the API: URLs are absolute, begin at the server's root, or are relative. */
    private String target(String url) {
        Matcher reference = REFERENCE.matcher(url);
        if (reference.matches() && entities.containsKey(reference.group(1))) {
            return EntityBody.relative(entities.get(reference.group(1)))
                    + Optional.ofNullable(reference.group(2)).orElse("");
        }
        return EntityBody.relative(url);
    }

    private byte[] resolved(byte[] body) {
        if (references.isEmpty() || body.length == 0) {
            return body;
        }
        ObjectNode json = Json.read(body);
        for (Map.Entry<String, JsonNode> property : json.properties()) {
            if (property.getKey().endsWith("@odata.bind")
                    || property.getKey().equals("@odata.id")) {
                Matcher reference = REFERENCE.matcher(property.getValue().asText());
                if (reference.matches() && references.containsKey(reference.group(1))) {
                    property.setValue(TextNode.valueOf(references.get(reference.group(1))));
                }
            }
        }
        return Json.rewrite(json);
    }
}
