package dev.understudy.service;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.server.exceptions.response.ErrorContext;
import io.micronaut.http.server.netty.NettyHttpRequest;

/**
 * What the HTTP server refuses by itself, before any handler is asked: no route, a request too
 * large or malformed. A service gives it a body in its own form.
 */
public record ServerRefusal(ErrorContext context, HttpResponse<?> base) {
    /** The HTTP status. */
    public int status() {
        return base.code();
    }

    /** The server's words; of its own failures only the status', nothing internal. */
    public String message() {
        return status() >= 500 || context.getErrors().isEmpty()
                ? base.reason()
                : context.getErrors().getFirst().getMessage();
    }

    /** The answer with this body, which is JSON, and the headers that clients need. */
    public <T> MutableHttpResponse<T> answer(T body) {
        MutableHttpResponse<T> answer =
                HttpResponse.<T>status(base.status())
                        .body(body)
                        .contentType(MediaType.APPLICATION_JSON_TYPE);
        base.getHeaders()
                .findFirst(HttpHeaders.ALLOW)
                .ifPresent(allow -> answer.header(HttpHeaders.ALLOW, allow));
        if (connectionEnds()) {
            answer.header(HttpHeaders.CONNECTION, "close");
        }
        return answer;
    }

    /**
     * Netty gives a request that it could not read on as one of HTTP/1.0, whose answer ends the
     * connection without a word of it; a client of HTTP/1.1 would send its next request there.
     */
    private boolean connectionEnds() {
        return context.getRequest() instanceof NettyHttpRequest<?> request
                && request.getNativeRequest().decoderResult().isFailure();
    }
}
