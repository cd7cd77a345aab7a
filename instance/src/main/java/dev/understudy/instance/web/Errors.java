package dev.understudy.instance.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.understudy.instance.query.InvalidQueryException;
import dev.understudy.schemas.UnderstudyException.Severity;
import dev.understudy.store.OutcomeUnknownException;
import dev.understudy.store.StoreException;
import dev.understudy.store.query.QueryException;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import jakarta.inject.Singleton;
import java.util.UUID;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The headers that every answer has, and the bodies of those that tell of an error. */
@Singleton
final class Errors {
    private static final Logger LOG = LoggerFactory.getLogger(Errors.class);
    private static final String RETRY_SECONDS = "1";

    /** The handler's answer, or the one that its exception means. */
    MutableHttpResponse<byte[]> answering(Supplier<MutableHttpResponse<byte[]>> handler) {
        MutableHttpResponse<byte[]> response;
        try {
            response = handler.get();
        } catch (ApiException e) {
            response = refused(e);
        } catch (InvalidQueryException e) {
            response = refused(ApiException.of(e));
        } catch (QueryException e) {
            LOG.debug("A query was not answered", e);
            response = refused(ApiException.of(e));
        } catch (OutcomeUnknownException e) {
            response = unknown(e);
        } catch (StoreException e) {
            response = e.severity() == Severity.RETRYABLE ? unavailable(e) : internal(e);
        } catch (RuntimeException e) {
            response = internal(e);
        }
        if (response.getBody().isPresent() && response.getContentType().isEmpty()) {
            response.contentType(MediaType.of("application/json;odata.metadata=minimal"));
        }
        return response.header("OData-Version", "4.0");
    }

    static byte[] body(ErrorCode code, String message) {
        ObjectNode body = Json.object();
        body.putObject("error").put("code", code.toString()).put("message", message);
        return Json.write(body);
    }

    private static MutableHttpResponse<byte[]> refused(ApiException e) {
        MutableHttpResponse<byte[]> refused = response(e.code(), e.message());
        e.allowedMethods().ifPresent(methods -> refused.header("Allow", methods));
        return e.code().status() == HttpStatus.TOO_MANY_REQUESTS
                ? refused.header("Retry-After", RETRY_SECONDS)
                : refused;
    }

    private static MutableHttpResponse<byte[]> unavailable(StoreException e) {
        LOG.warn("A request found the database unavailable: {}", e.getMessage());
        return response(
                        ErrorCode.DATABASE_UNAVAILABLE,
                        "the database is unavailable; nothing was written; try again")
                .header("Retry-After", RETRY_SECONDS);
    }

    private static MutableHttpResponse<byte[]> unknown(OutcomeUnknownException e) {
        LOG.warn("The database did not answer a commit: {}", e.getMessage());
        return response(
                ErrorCode.OUTCOME_UNKNOWN,
                "the database did not answer the commit; nobody knows whether this was written;"
                        + " read it to find out");
    }

    private static MutableHttpResponse<byte[]> internal(RuntimeException e) {
        UUID incident = UUID.randomUUID();
        LOG.error("Request failed, incident {}", incident, e);
        return response(
                ErrorCode.INTERNAL_ERROR,
                "the service failed; its log tells more under " + incident);
    }

    private static MutableHttpResponse<byte[]> response(ErrorCode code, String message) {
        return HttpResponse.<byte[]>status(code.status()).body(body(code, message));
    }
}
