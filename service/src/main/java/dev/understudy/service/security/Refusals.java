package dev.understudy.service.security;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;

/** Answers to requests that no handler gets to see, in the form of all services. */
final class Refusals {
    private Refusals() {}

    /** Code and message are texts of ours: nothing in them needs an escape in JSON. */
    static MutableHttpResponse<byte[]> of(HttpStatus status, String code, String message) {
        String body = "{\"error\":{\"code\":\"%s\",\"message\":\"%s\"}}".formatted(code, message);
        return HttpResponse.<byte[]>status(status)
                .body(body.getBytes(UTF_8))
                .contentType(MediaType.APPLICATION_JSON_TYPE);
    }
}
