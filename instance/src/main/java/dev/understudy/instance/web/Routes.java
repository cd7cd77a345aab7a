package dev.understudy.instance.web;

import dev.understudy.schemas.model.Catalog;
import io.micronaut.http.MutableHttpResponse;
import jakarta.inject.Singleton;
import java.util.function.Function;
import java.util.stream.Stream;

/** Which part of the API answers a request, by what its path names and by its method. */
@Singleton
final class Routes {
    private final Catalog catalog;
    private final Descriptions descriptions;
    private final EntityReads reads;
    private final SetReads sets;
    private final WritePlans plans;
    private final EntityWrites writes;
    private final BulkWrites bulk;
    private final Batches batches;

    Routes(
            Catalog catalog,
            Descriptions descriptions,
            EntityReads reads,
            SetReads sets,
            WritePlans plans,
            EntityWrites writes,
            BulkWrites bulk,
            Batches batches) {
        this.catalog = catalog;
        this.descriptions = descriptions;
        this.reads = reads;
        this.sets = sets;
        this.plans = plans;
        this.writes = writes;
        this.bulk = bulk;
        this.batches = batches;
    }

    /** The answer; what is refused is an exception. */
    MutableHttpResponse<byte[]> answer(ApiRequest request) {
        ResourcePath path = ResourcePath.parse(catalog, request.path());
        if (isRead(request)) {
            Permissions.requireReadable(request, catalog, path);
        }
        return switch (path) {
            case ResourcePath.Service _ -> described(request, descriptions::service);
            case ResourcePath.Metadata _ -> described(request, descriptions::metadata);
            case ResourcePath.OpenApi _ -> described(request, descriptions::openApi);
            case ResourcePath.Batch _ ->
                    switch (request.method()) {
                        case "POST" -> batches.answer(request, this::answer);
                        default -> throw notAllowed("a batch is posted", "POST");
                    };
            case ResourcePath.Bulk(var type, var action) ->
                    switch (request.method()) {
                        case "POST" -> bulk.write(request, type, action);
                        default -> throw notAllowed("an action is posted", "POST");
                    };
            case ResourcePath.EntitySet(var type) when isRead(request) -> sets.read(request, type);
            case ResourcePath.Count(var type) when isRead(request) -> reads.count(request, type);
            case ResourcePath.Entity(var address) when isRead(request) ->
                    reads.entity(request, address);
            case ResourcePath.Property(var address, var field) when isRead(request) ->
                    reads.property(request, address, field);
            case ResourcePath.RawValue(var address, var field) when isRead(request) ->
                    reads.rawValue(request, address, field);
            case ResourcePath.Navigation(var address, var reference) when isRead(request) ->
                    reads.referred(request, address, reference);
            case ResourcePath.Link(var address, var reference) when isRead(request) ->
                    reads.link(request, address, reference);
            case ResourcePath.EntitySet _ -> write(request, path, "POST");
            case ResourcePath.Entity _ -> write(request, path, "PATCH", "DELETE");
            case ResourcePath.Property _, ResourcePath.Link _ ->
                    write(request, path, "PUT", "DELETE");
            case ResourcePath.Count _, ResourcePath.RawValue _, ResourcePath.Navigation _ ->
                    throw notAllowed("this is only read", "GET", "HEAD");
        };
    }

    private MutableHttpResponse<byte[]> write(
            ApiRequest request, ResourcePath path, String... methods) {
        PlannedWrite planned =
                plans.plan(request, path)
                        .orElseThrow(() ->
                                notAllowed(
                                        "this is read, or written by " + String.join(", ", methods),
                                        Stream.concat(Stream.of("GET", "HEAD"), Stream.of(methods))
                                                .toArray(String[]::new)));
        return writes.write(request, planned);
    }

    private static MutableHttpResponse<byte[]> described(
            ApiRequest request, Function<ApiRequest, MutableHttpResponse<byte[]>> description) {
        if (!isRead(request)) {
            throw notAllowed("a description is read", "GET", "HEAD");
        }
        return description.apply(request);
    }

    private static boolean isRead(ApiRequest request) {
        return request.method().equals("GET") || request.method().equals("HEAD");
    }

    private static ApiException notAllowed(String message, String... methods) {
        return ApiException.notAllowed(
                ErrorCode.METHOD_NOT_ALLOWED, message, String.join(", ", methods));
    }
}
