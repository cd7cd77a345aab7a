package dev.understudy.instance.web;

import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/** An answer of several parts, each an answer of its own. */
final class MultipartAnswer {
    private static final String LINE = "\r\n";

    private final String boundary;
    private final ByteArrayOutputStream bytes;

    MultipartAnswer(String name) {
        this(name, new ByteArrayOutputStream());
    }

    private MultipartAnswer(String name, ByteArrayOutputStream bytes) {
        this.boundary = name + "_" + UUID.randomUUID();
        this.bytes = bytes;
    }

    /** How many bytes there are so far. */
    int size() {
        return bytes.size();
    }

    /** Adds an answer to a request that may have had a content ID. */
    void add(Optional<String> contentId, MutableHttpResponse<byte[]> answer) {
        write("--" + boundary + LINE);
        write("Content-Type: application/http" + LINE);
        write("Content-Transfer-Encoding: binary" + LINE);
        contentId.ifPresent(id -> write("Content-ID: " + id + LINE));
        write(LINE);
        write("HTTP/1.1 %d %s".formatted(answer.code(), answer.reason()) + LINE);
        answer.getHeaders()
                .forEach((name, values) ->
                        values.forEach(value -> write(name + ": " + value + LINE)));
        byte[] body = answer.getBody().orElse(new byte[0]);
        if (body.length > 0) {
            write("Content-Length: " + body.length + LINE);
        }
        write(LINE);
        bytes.writeBytes(body);
        write(LINE);
    }

    /** Adds the answers of a change set. */
    void addAll(String name, Consumer<MultipartAnswer> answers) {
        MultipartAnswer nested = new MultipartAnswer(name, bytes);
        write("--" + boundary + LINE);
        write("Content-Type: " + nested.contentType() + LINE + LINE);
        answers.accept(nested);
        nested.end();
        write(LINE);
    }

    MediaType contentType() {
        return MediaType.of("multipart/mixed;boundary=" + boundary);
    }

    /** All of it; nothing may be added any more. */
    byte[] bytes() {
        end();
        return bytes.toByteArray();
    }

    private void end() {
        write("--" + boundary + "--" + LINE);
    }

    private void write(String text) {
        bytes.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
