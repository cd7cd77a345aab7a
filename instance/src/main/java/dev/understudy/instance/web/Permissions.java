package dev.understudy.instance.web;

import dev.understudy.schemas.model.Catalog;
import dev.understudy.schemas.model.EntityField;
import dev.understudy.schemas.model.EntityType;
import dev.understudy.service.security.Role;

/** Which types a request reads or writes, and whether its caller may. */
final class Permissions {
    private Permissions() {}

    /**
     * Refuses a read of what a path names; what a query names beside it is refused as it is read.
     */
    static void requireReadable(ApiRequest request, Catalog catalog, ResourcePath path) {
        switch (path) {
            case ResourcePath.EntitySet(var type) -> requireReadable(request, type);
            case ResourcePath.Count(var type) -> requireReadable(request, type);
            case ResourcePath.Entity(var address) -> requireReadable(request, address.type());
            case ResourcePath.Property(var address, EntityField _) ->
                    requireReadable(request, address.type());
            case ResourcePath.RawValue(var address, EntityField _) ->
                    requireReadable(request, address.type());
            case ResourcePath.Link(var address, EntityField _) ->
                    requireReadable(request, address.type());
            case ResourcePath.Navigation(var address, var reference) -> {
                requireReadable(request, address.type());
                requireReadable(request, catalog.target(reference));
            }
            case ResourcePath.Service _, ResourcePath.Metadata _, ResourcePath.OpenApi _ ->
                    requireAnything(request, catalog);
            case ResourcePath.Batch _, ResourcePath.Bulk _ -> {}
        }
    }

    static boolean isReadable(ApiRequest request, EntityType type) {
        return request.grants().allow(Role.READ, type.fullName());
    }

    /** Refuses a write that is not granted, and an answer with what may not be read. */
    static void requireWritable(ApiRequest request, EntityType type) {
        if (!request.grants().allow(Role.WRITE, type.fullName())) {
            throw refusal(Role.WRITE, type);
        }
        if (request.preferences().answer() == Preferences.Answer.REPRESENTATION) {
            requireReadable(request, type);
        }
    }

    /** Refuses a token whose types are none of the catalog's. */
    private static void requireAnything(ApiRequest request, Catalog catalog) {
        if (catalog.types().stream()
                .noneMatch(type ->
                        request.grants().allowOneOf(type.fullName(), Role.READ, Role.WRITE))) {
            throw new ApiException(ErrorCode.FORBIDDEN, "the token grants nothing of what is here");
        }
    }

    private static void requireReadable(ApiRequest request, EntityType type) {
        if (!isReadable(request, type)) {
            throw refusal(Role.READ, type);
        }
    }

    private static ApiException refusal(Role role, EntityType type) {
        return new ApiException(
                ErrorCode.FORBIDDEN, "the token does not grant '%s' of %s".formatted(role, type));
    }
}
