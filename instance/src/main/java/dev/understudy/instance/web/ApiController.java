package dev.understudy.instance.web;

import dev.understudy.schemas.model.Catalog;
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
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;

/** One catch-all route per method, since only the raw path tells a key's slash from the URL's. */
@Controller(ApiController.BASE)
@ExecuteOn(TaskExecutors.BLOCKING)
@Consumes(MediaType.ALL)
@Produces(MediaType.ALL)
final class ApiController {
    static final String BASE = "/api/data/v1.0";
    private static final String ANY = "/{+path}";
    private static final byte[] NOTHING = {};

    private final Catalog catalog;
    private final EntityReads reads;
    private final EntityWrites writes;
    private final Errors errors;

    ApiController(Catalog catalog, EntityReads reads, EntityWrites writes, Errors errors) {
        this.catalog = catalog;
        this.reads = reads;
        this.writes = writes;
        this.errors = errors;
    }

    @Get(ANY)
    MutableHttpResponse<byte[]> read(HttpRequest<?> request) {
        return errors.answering(() ->
                switch (path(request)) {
                    case ResourcePath.EntitySet(var type) -> reads.page(request, type);
                    case ResourcePath.Entity(var id) -> reads.entity(request, id);
                });
    }

    @Post(ANY)
    MutableHttpResponse<byte[]> create(HttpRequest<byte[]> request) {
        return errors.answering(() ->
                switch (path(request)) {
                    case ResourcePath.EntitySet(var type) ->
                            writes.create(request, type, body(request));
                    case ResourcePath.Entity _ -> throw onEntity();
                });
    }

    @Patch(ANY)
    MutableHttpResponse<byte[]> upsert(HttpRequest<byte[]> request) {
        return errors.answering(() ->
                switch (path(request)) {
                    case ResourcePath.EntitySet _ -> throw onSet();
                    case ResourcePath.Entity(var id) -> writes.upsert(request, id, body(request));
                });
    }

    @Delete(ANY)
    MutableHttpResponse<byte[]> delete(HttpRequest<?> request) {
        return errors.answering(() ->
                switch (path(request)) {
                    case ResourcePath.EntitySet _ -> throw onSet();
                    case ResourcePath.Entity(var id) -> writes.delete(request, id);
                });
    }

    private ResourcePath path(HttpRequest<?> request) {
        String raw = request.getUri().getRawPath();
        return ResourcePath.parse(catalog, raw.substring(raw.indexOf(BASE) + BASE.length() + 1));
    }

    private static byte[] body(HttpRequest<byte[]> request) {
        return request.getBody().orElse(NOTHING);
    }

    private static ApiException onSet() {
        return ApiException.notAllowed(
                ErrorCode.METHOD_NOT_ALLOWED,
                "an entity set is read, or posted to",
                "GET, HEAD, POST");
    }

    private static ApiException onEntity() {
        return ApiException.notAllowed(
                ErrorCode.METHOD_NOT_ALLOWED,
                "an entity is read, patched or deleted",
                "GET, HEAD, PATCH, DELETE");
    }
}
