package dev.understudy.instance.web;

import dev.understudy.instance.query.Shape;
import dev.understudy.instance.write.WriteResult;
import dev.understudy.store.EntityRow;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import jakarta.inject.Singleton;

/** Does what requests want written, and turns the results into answers. */
@Singleton
final class EntityWrites {
    private final AddressedWrites addressed;
    private final EntityReads reads;

    EntityWrites(AddressedWrites addressed, EntityReads reads) {
        this.addressed = addressed;
        this.reads = reads;
    }

    MutableHttpResponse<byte[]> write(ApiRequest request, PlannedWrite planned) {
        return answer(request, addressed.write(planned));
    }

    MutableHttpResponse<byte[]> answer(ApiRequest request, WriteResult result) {
        return switch (result) {
            case WriteResult.Created(EntityRow row) -> saved(request, row, HttpStatus.CREATED);
            case WriteResult.Updated(EntityRow row) -> saved(request, row, HttpStatus.OK);
            case WriteResult.Deleted _ -> HttpResponse.noContent();
            case WriteResult.Refused(var refusal) -> throw ApiException.of(refusal);
        };
    }

    private MutableHttpResponse<byte[]> saved(
            ApiRequest request, EntityRow row, HttpStatus withBody) {
        String url = request.urls().of(row.id());
        MutableHttpResponse<byte[]> response =
                switch (request.preferences().answer()) {
                    case MINIMAL -> HttpResponse.noContent();
                    case REPRESENTATION ->
                            HttpResponse.<byte[]>status(withBody)
                                    .body(reads.representation(request, row, Shape.WHOLE))
                                    .header("Preference-Applied", "return=representation");
                };
        return response.header("OData-EntityId", url)
                .header("Location", url)
                .header("ETag", ETags.of(row.version()));
    }
}
