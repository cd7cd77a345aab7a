package dev.understudy.instance.web;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.server.exceptions.response.ErrorContext;
import io.micronaut.http.server.exceptions.response.ErrorResponseProcessor;
import jakarta.inject.Singleton;

/** What the server itself refuses (no route, too large, malformed) in the API's form. */
@Singleton
final class ServerErrors implements ErrorResponseProcessor<byte[]> {
    @Override
    public MutableHttpResponse<byte[]> processResponse(
            ErrorContext errorContext, MutableHttpResponse<?> baseResponse) {
        int status = baseResponse.code();
        ErrorCode code = ErrorCode.ofServer(status);
        String message =
                status >= 500 || errorContext.getErrors().isEmpty()
                        ? baseResponse.reason()
                        : errorContext.getErrors().getFirst().getMessage();
        MutableHttpResponse<byte[]> response =
                HttpResponse.<byte[]>status(baseResponse.status())
                        .body(Errors.body(code, message))
                        .contentType(MediaType.APPLICATION_JSON_TYPE)
                        .header("OData-Version", "4.0");
        baseResponse
                .getHeaders()
                .findFirst("Allow")
                .ifPresent(allow -> response.header("Allow", allow));
        return response;
    }
}
