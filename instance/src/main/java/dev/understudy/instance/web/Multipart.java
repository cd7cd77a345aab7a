package dev.understudy.instance.web;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Bodies of several parts, as RFC 2046 has them, read strictly. Texts have a byte per character.
 */
final class Multipart {
    private static final Pattern BOUNDARY =
            Pattern.compile(
                    "multipart/mixed\\s*;.*?boundary=(?:\"([^\"]{1,70})\"|([^\\s;\"]{1,70})).*",
                    Pattern.CASE_INSENSITIVE);

    private Multipart() {}

    /** Headers, and what follows them. */
    record Part(RequestHeaders headers, String content) {
        /** Without the copy that every caller would make. */
        byte[] bytes() {
            return content.getBytes(StandardCharsets.ISO_8859_1);
        }
    }

    /** The boundary that a content type names; empty if it is not that of several parts. */
    static Optional<String> boundary(String contentType) {
        Matcher matcher = BOUNDARY.matcher(contentType);
        return matcher.matches()
                ? Optional.of(
                        Optional.ofNullable(matcher.group(1)).orElseGet(() -> matcher.group(2)))
                : Optional.empty();
    }

    /** The parts between boundaries, refused as soon as there are more than this. */
    static List<Part> parts(String text, String boundary, int atMost) {
        String delimiter = "--" + boundary;
        List<Part> parts = new ArrayList<>();
        int at = text.startsWith(delimiter) ? 0 : next(text, delimiter, 0);
        while (true) {
            int from = at + delimiter.length();
            if (text.startsWith("--", from)) {
                return parts;
            }
            int line = text.indexOf('\n', from);
            if (line < 0 || !text.substring(from, line).isBlank()) {
                throw invalid("a boundary stands alone in its line");
            }
            if (parts.size() == atMost) {
                throw new ApiException(
                        ErrorCode.BATCH_TOO_LARGE,
                        "the batch has more requests than understudy.web.max-batch-requests");
            }
            at = next(text, delimiter, line);
            int end = text.charAt(at - 2) == '\r' ? at - 2 : at - 1;
            parts.add(part(text.substring(Math.min(line + 1, end), end)));
        }
    }

    /** Headers, an empty line, and the rest. */
    static Part part(String text) {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        int at = 0;
        while (at < text.length()) {
            int end = text.indexOf('\n', at);
            String line = (end < 0 ? text.substring(at) : text.substring(at, end)).strip();
            at = end < 0 ? text.length() : end + 1;
            if (line.isEmpty()) {
                break;
            }
            int colon = line.indexOf(':');
            if (colon < 1) {
                throw invalid("'%s' is not a header".formatted(shortened(line)));
            }
            headers.computeIfAbsent(line.substring(0, colon).strip(), _ -> new ArrayList<>())
                    .add(line.substring(colon + 1).strip());
        }
        return new Part(new RequestHeaders(headers.entrySet()), text.substring(at));
    }

    static ApiException invalid(String message) {
        return new ApiException(ErrorCode.INVALID_BATCH, "the batch: " + message);
    }

    private static int next(String text, String delimiter, int from) {
        int found = text.indexOf("\n" + delimiter, from);
        if (found < 0) {
            throw invalid("the boundary that ends it is missing");
        }
        return found + 1;
    }

    static String shortened(String text) {
        return text.length() > 100 ? text.substring(0, 100) + "…" : text;
    }
}
