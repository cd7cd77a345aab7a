package dev.understudy.replicator.admin;

import dev.understudy.schemas.UnderstudyException;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Error;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How faults are answered: {@code {"error": {"code", "message"}}}. */
@Controller
final class AdminErrors {
    private static final Logger LOG = LoggerFactory.getLogger(AdminErrors.class);

    @Error(global = true)
    HttpResponse<?> wrong(HttpRequest<?> request, AdminFault fault) {
        return HttpResponse.status(fault.status()).body(fault.body());
    }

    @Error(global = true)
    HttpResponse<?> away(HttpRequest<?> request, KafkaException fault) {
        return unavailable(request, "KafkaUnavailable", fault);
    }

    @Error(global = true)
    HttpResponse<?> later(HttpRequest<?> request, UnderstudyException fault) {
        return unavailable(request, "Unavailable", fault);
    }

    private HttpResponse<?> unavailable(HttpRequest<?> request, String code, Throwable fault) {
        LOG.debug("{} {}", request.getMethod(), request.getPath(), fault);
        return wrong(
                request,
                new AdminFault(
                        HttpStatus.SERVICE_UNAVAILABLE, code, String.valueOf(fault.getMessage())));
    }
}
