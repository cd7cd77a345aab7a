package dev.understudy.instance.web;

import dev.understudy.instance.query.Shape;
import dev.understudy.instance.write.WriteResult;
import dev.understudy.store.EntityRow;
import dev.understudy.store.StoreException;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import jakarta.inject.Singleton;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does what requests want written, and turns the results into answers. */
@Singleton
final class EntityWrites {
    private static final Logger LOG = LoggerFactory.getLogger(EntityWrites.class);

    private final AddressedWrites addressed;
    private final EntityReads reads;

    EntityWrites(AddressedWrites addressed, EntityReads reads) {
        this.addressed = addressed;
        this.reads = reads;
    }

    MutableHttpResponse<byte[]> write(ApiRequest request, PlannedWrite planned) {
        return answer(request, addressed.write(planned), request.preferences().answer());
    }

    MutableHttpResponse<byte[]> answer(
            ApiRequest request, WriteResult result, Preferences.Answer form) {
        return switch (result) {
            case WriteResult.Created(EntityRow row) ->
                    saved(request, row, form, HttpStatus.CREATED);
            case WriteResult.Updated(EntityRow row) -> saved(request, row, form, HttpStatus.OK);
            case WriteResult.Deleted _ -> HttpResponse.noContent();
            case WriteResult.Refused(var refusal) -> throw ApiException.of(refusal);
        };
    }

    private MutableHttpResponse<byte[]> saved(
            ApiRequest request, EntityRow row, Preferences.Answer form, HttpStatus withBody) {
        String url = request.urls().of(row.id());
        MutableHttpResponse<byte[]> response =
                switch (form) {
                    case MINIMAL -> HttpResponse.noContent();
                    case REPRESENTATION -> represented(request, row, withBody);
                };
        return response.header("OData-EntityId", url)
                .header("Location", url)
                .header("ETag", ETags.of(row.version()));
    }

    /** What was written is committed: a fault in showing it must not say otherwise. */
    private MutableHttpResponse<byte[]> represented(
            ApiRequest request, EntityRow row, HttpStatus status) {
        try {
            return HttpResponse.<byte[]>status(status)
                    .body(reads.representation(request, row, Shape.WHOLE))
                    .header("Preference-Applied", "return=representation");
        } catch (StoreException e) {
            LOG.warn("An entity was written, but could not be shown: {}", e.getMessage());
            return HttpResponse.noContent();
        }
    }
}
