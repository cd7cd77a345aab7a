package dev.understudy.instance.web;

import dev.understudy.schemas.model.Catalog;
import io.micronaut.http.MutableHttpResponse;
import jakarta.inject.Singleton;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which part of the API answers a request, by what its path names and by its method. */
@Singleton
final class Routes {
    private final Catalog catalog;
    private final Descriptions descriptions;
    private final EntityReads reads;
    private final SetReads sets;
    private final EntityWrites writes;

    Routes(
            Catalog catalog,
            Descriptions descriptions,
            EntityReads reads,
            SetReads sets,
            EntityWrites writes) {
        this.catalog = catalog;
        this.descriptions = descriptions;
        this.reads = reads;
        this.sets = sets;
        this.writes = writes;
    }

    /** The answer; what is refused is an exception. */
    MutableHttpResponse<byte[]> answer(ApiRequest request) {
        ResourcePath path = ResourcePath.parse(catalog, request.path());
        return switch (path) {
            case ResourcePath.Service _ -> described(request, descriptions::service);
            case ResourcePath.Metadata _ -> described(request, descriptions::metadata);
            case ResourcePath.OpenApi _ -> described(request, descriptions::openApi);
            case ResourcePath.EntitySet(var type) ->
                    switch (request.method()) {
                        case "GET", "HEAD" -> sets.read(request, type);
                        case "POST" -> writes.create(request, type);
                        default -> throw notAllowed("an entity set is read, or posted to", "POST");
                    };
            case ResourcePath.Count(var type) ->
                    switch (request.method()) {
                        case "GET", "HEAD" -> reads.count(request, type);
                        default -> throw notAllowed("a count is read");
                    };
            case ResourcePath.Entity(var address) ->
                    switch (request.method()) {
                        case "GET", "HEAD" -> reads.entity(request, address);
                        case "PATCH" -> writes.upsert(request, address);
                        case "DELETE" -> writes.delete(request, address);
                        default ->
                                throw notAllowed(
                                        "an entity is read, patched or deleted", "PATCH", "DELETE");
                    };
            case ResourcePath.Property(var address, var field) ->
                    switch (request.method()) {
                        case "GET", "HEAD" -> reads.property(request, address, field);
                        case "PUT" -> writes.set(request, address, field);
                        case "DELETE" -> writes.clear(request, address, field);
                        default -> throw onPart();
                    };
            case ResourcePath.RawValue(var address, var field) ->
                    switch (request.method()) {
                        case "GET", "HEAD" -> reads.rawValue(request, address, field);
                        default -> throw notAllowed("a raw value is read");
                    };
            case ResourcePath.Navigation(var address, var reference) ->
                    switch (request.method()) {
                        case "GET", "HEAD" -> reads.referred(request, address, reference);
                        default -> throw notAllowed("write to the entity itself, or to /$ref");
                    };
            case ResourcePath.Link(var address, var reference) ->
                    switch (request.method()) {
                        case "GET", "HEAD" -> reads.link(request, address, reference);
                        case "PUT" -> writes.link(request, address, reference);
                        case "DELETE" -> writes.clear(request, address, reference);
                        default -> throw onPart();
                    };
        };
    }

    private static MutableHttpResponse<byte[]> described(
            ApiRequest request, Function<ApiRequest, MutableHttpResponse<byte[]>> description) {
        return switch (request.method()) {
            case "GET", "HEAD" -> description.apply(request);
            default -> throw notAllowed("a description is read");
        };
    }

    private static ApiException onPart() {
        return notAllowed("a part of an entity is read, put or deleted", "PUT", "DELETE");
    }

    private static ApiException notAllowed(String message, String... others) {
        return ApiException.notAllowed(
                ErrorCode.METHOD_NOT_ALLOWED,
                message,
                Stream.concat(Stream.of("GET", "HEAD"), Stream.of(others))
                        .collect(Collectors.joining(", ")));
    }
}
