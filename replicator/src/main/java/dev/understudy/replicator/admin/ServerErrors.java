package dev.understudy.replicator.admin;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.server.exceptions.response.ErrorContext;
import io.micronaut.http.server.exceptions.response.ErrorResponseProcessor;
import jakarta.inject.Singleton;
import java.util.Map;

/** What the server itself refuses (no route, a malformed query) in the administration's form. */
@Singleton
final class ServerErrors implements ErrorResponseProcessor<Map<String, Object>> {
    @Override
    public MutableHttpResponse<Map<String, Object>> processResponse(
            ErrorContext errorContext, MutableHttpResponse<?> baseResponse) {
        int status = baseResponse.code();
        String message =
                status >= 500 || errorContext.getErrors().isEmpty()
                        ? baseResponse.reason()
                        : errorContext.getErrors().getFirst().getMessage();
        AdminFault fault = new AdminFault(HttpStatus.valueOf(status), code(status), message);
        MutableHttpResponse<Map<String, Object>> response =
                HttpResponse.<Map<String, Object>>status(fault.status())
                        .body(fault.body())
                        .contentType(MediaType.APPLICATION_JSON_TYPE);
        baseResponse
                .getHeaders()
                .findFirst("Allow")
                .ifPresent(allow -> response.header("Allow", allow));
        return response;
    }

    private static String code(int status) {
        return switch (status) {
            case 404 -> "NotFound";
            case 405 -> "MethodNotAllowed";
            case 413 -> "RequestTooLarge";
            case 415 -> "UnsupportedMediaType";
            default -> status >= 500 ? "InternalError" : "BadRequest";
        };
    }
}
