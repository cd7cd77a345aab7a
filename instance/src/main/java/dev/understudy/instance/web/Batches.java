package dev.understudy.instance.web;

import dev.understudy.instance.configuration.WebConfiguration;
import dev.understudy.instance.query.InvalidQueryException;
import dev.understudy.instance.write.BatchResult;
import dev.understudy.instance.write.BatchWrites;
import dev.understudy.instance.write.Refusal;
import dev.understudy.instance.write.WriteResult;
import dev.understudy.schemas.model.Catalog;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Answers {@code $batch}: requests one after the other, up to the first that fails unless the
 * caller prefers to go on; those of a change set all together, or none of them.
 */
@Singleton
final class Batches {
    private final Catalog catalog;
    private final WritePlans plans;
    private final AddressedWrites addressed;
    private final BatchWrites batchWrites;
    private final EntityWrites writes;
    private final Errors errors;
    private final WebConfiguration limits;

    Batches(
            Catalog catalog,
            WritePlans plans,
            AddressedWrites addressed,
            BatchWrites batchWrites,
            EntityWrites writes,
            Errors errors,
            WebConfiguration limits) {
        this.catalog = catalog;
        this.plans = plans;
        this.addressed = addressed;
        this.batchWrites = batchWrites;
        this.writes = writes;
        this.errors = errors;
        this.limits = limits;
    }

    /**
     * The answers to all requests.
     *
     * @param routes answers one of them
     */
    MutableHttpResponse<byte[]> answer(
            ApiRequest request, Function<ApiRequest, MutableHttpResponse<byte[]>> routes) {
        String contentType = request.headers().value("Content-Type").orElse("");
        String boundary =
                Multipart.boundary(contentType)
                        .orElseThrow(() ->
                                new ApiException(
                                        ErrorCode.UNSUPPORTED_MEDIA_TYPE,
                                        "a batch is multipart/mixed with a boundary"));
        byte[] body = request.body();
        if (body.length > limits.batch().maxBytes()) {
            throw new ApiException(
                    ErrorCode.REQUEST_TOO_LARGE,
                    "the batch has at most %d bytes".formatted(limits.batch().maxBytes()));
        }
        List<Multipart.Part> parts =
                Multipart.parts(new String(body, StandardCharsets.ISO_8859_1), boundary);
        requireFew(parts.size());
        boolean goOn = request.preferences().continueOnError();
        MultipartAnswer answer = new MultipartAnswer("batchresponse");
        BatchRequests requests = new BatchRequests(request.urls());
        int total = 0;
        for (Multipart.Part part : parts) {
            Optional<String> inner =
                    part.headers().value("Content-Type").flatMap(Multipart::boundary);
            int status;
            if (inner.isPresent()) {
                List<Multipart.Part> changes = Multipart.parts(part.content(), inner.get());
                total += changes.size();
                requireFew(total);
                status = changeSet(request.urls(), changes, answer);
            } else {
                MutableHttpResponse<byte[]> one =
                        errors.answering(() -> routes.apply(single(requests.read(part))));
                answer.add(part.headers().value("Content-ID"), one);
                status = one.code();
            }
            if (status >= 400 && !goOn) {
                break;
            }
        }
        return HttpResponse.ok(answer.bytes()).contentType(answer.contentType());
    }

    private static ApiRequest single(ApiRequest request) {
        if (request.path().equals("$batch")) {
            throw Multipart.invalid("a batch has no batch in it");
        }
        return request;
    }

    private void requireFew(int requests) {
        if (requests > limits.batch().maxRequests()) {
            throw new ApiException(
                    ErrorCode.BATCH_TOO_LARGE,
                    "a batch has at most %d requests".formatted(limits.batch().maxRequests()));
        }
    }

    /** Adds one answer for each change, or a single one that says why none was done. */
    private int changeSet(Urls urls, List<Multipart.Part> changes, MultipartAnswer answer) {
        List<Optional<String>> contentIds =
                changes.stream().map(change -> change.headers().value("Content-ID")).toList();
        List<MutableHttpResponse<byte[]>> done = new ArrayList<>();
        MutableHttpResponse<byte[]> outcome =
                errors.answering(() -> {
                    done.addAll(changed(urls, changes, contentIds));
                    return HttpResponse.noContent();
                });
        if (outcome.code() >= 400) {
            answer.add(Optional.empty(), outcome);
            return outcome.code();
        }
        MultipartAnswer nested = new MultipartAnswer("changesetresponse");
        for (int i = 0; i < done.size(); i++) {
            nested.add(contentIds.get(i), done.get(i));
        }
        answer.add(nested);
        return outcome.code();
    }

    private List<MutableHttpResponse<byte[]>> changed(
            Urls urls, List<Multipart.Part> changes, List<Optional<String>> contentIds) {
        BatchRequests requests = new BatchRequests(urls);
        List<ApiRequest> read = new ArrayList<>();
        List<PlannedWrite> planned = new ArrayList<>();
        for (Multipart.Part change : changes) {
            int index = planned.size();
            try {
                ApiRequest request = requests.read(change);
                PlannedWrite plan = plan(request);
                contentIds
                        .get(index)
                        .filter(_ -> plan.naming() == PlannedWrite.Naming.BY_KEY)
                        .ifPresent(id -> requests.remember(id, urls.of(plan.request().get().id())));
                read.add(request);
                planned.add(plan);
            } catch (ApiException e) {
                throw at(index, contentIds, e);
            } catch (InvalidQueryException e) {
                throw at(index, contentIds, ApiException.of(e));
            }
        }
        List<MutableHttpResponse<byte[]>> answers = new ArrayList<>();
        switch (addressed.write(planned, batchWrites::inOrder)) {
            case BatchResult.Committed(List<WriteResult> results) -> {
                for (int i = 0; i < results.size(); i++) {
                    ApiRequest request = read.get(i);
                    WriteResult result = results.get(i);
                    answers.add(errors.answering(() -> writes.answer(request, result)));
                }
            }
            case BatchResult.Refused(int index, Refusal refusal) ->
                    throw at(index, contentIds, ApiException.of(refusal));
        }
        return answers;
    }

    private PlannedWrite plan(ApiRequest request) {
        return plans.plan(request, ResourcePath.parse(catalog, request.path()))
                .orElseThrow(() ->
                        Multipart.invalid(
                                "a change set has only writes of entities, not %s %s"
                                        .formatted(
                                                request.method(),
                                                Multipart.shortened(request.path()))));
    }

    private static ApiException at(
            int index, List<Optional<String>> contentIds, ApiException refused) {
        String change = contentIds.get(index).orElseGet(() -> "number " + (index + 1));
        return refused.about("change %s: %s".formatted(change, refused.message()));
    }
}
