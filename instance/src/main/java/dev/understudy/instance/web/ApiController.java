package dev.understudy.instance.web;

import dev.understudy.service.security.Admits;
import dev.understudy.service.security.Callers;
import dev.understudy.service.security.Role;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Patch;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.Put;
import io.micronaut.http.server.util.HttpHostResolver;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;

/** One catch-all route per method, since only the raw path tells a key's slash from the URL's. */
@Controller(ApiController.BASE)
@Admits({Role.READ, Role.WRITE})
@ExecuteOn(TaskExecutors.BLOCKING)
@Consumes(MediaType.ALL)
@Produces(MediaType.ALL)
final class ApiController {
    static final String BASE = "/api/data/v1.0";
    private static final String ANY = "/{+path}";
    private static final byte[] NOTHING = {};

    private final Routes routes;
    private final HttpHostResolver hosts;
    private final Errors errors;
    private final Callers callers;

    ApiController(Routes routes, HttpHostResolver hosts, Errors errors, Callers callers) {
        this.routes = routes;
        this.hosts = hosts;
        this.errors = errors;
        this.callers = callers;
    }

    @Get(uris = {"/", ANY})
    MutableHttpResponse<byte[]> read(HttpRequest<?> request) {
        return answer(request, NOTHING);
    }

    @Post(ANY)
    MutableHttpResponse<byte[]> post(HttpRequest<byte[]> request) {
        return answer(request, request.getBody().orElse(NOTHING));
    }

    @Patch(ANY)
    MutableHttpResponse<byte[]> patch(HttpRequest<byte[]> request) {
        return answer(request, request.getBody().orElse(NOTHING));
    }

    @Put(ANY)
    MutableHttpResponse<byte[]> put(HttpRequest<byte[]> request) {
        return answer(request, request.getBody().orElse(NOTHING));
    }

    @Delete(ANY)
    MutableHttpResponse<byte[]> delete(HttpRequest<?> request) {
        return answer(request, NOTHING);
    }

    private MutableHttpResponse<byte[]> answer(HttpRequest<?> request, byte[] body) {
        return errors.answering(() ->
                routes.answer(
                        ApiRequest.of(
                                request,
                                body,
                                new Urls(hosts.resolve(request) + BASE + "/"),
                                callers.grants(request))));
    }
}
