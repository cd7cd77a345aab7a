package dev.understudy.replicator.admin;

import dev.understudy.service.ServerRefusal;
import io.micronaut.http.HttpStatus;
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
        ServerRefusal refusal = new ServerRefusal(errorContext, baseResponse);
        int status = refusal.status();
        return refusal.answer(
                new AdminFault(HttpStatus.valueOf(status), code(status), refusal.message()).body());
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
