package dev.understudy.instance.web;

import dev.understudy.service.ServerRefusal;
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
        ServerRefusal refusal = new ServerRefusal(errorContext, baseResponse);
        ErrorCode code = ErrorCode.ofServer(refusal.status());
        return refusal.answer(Errors.body(code, refusal.message())).header("OData-Version", "4.0");
    }
}
