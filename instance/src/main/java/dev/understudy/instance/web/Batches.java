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
        boolean goOn = request.preferences().continueOnError();
        MultipartAnswer answer = new MultipartAnswer("batchresponse");
        BatchRequests requests = new BatchRequests(request);
        long endNs = System.nanoTime() + limits.batch().timeout().toNanos();
        for (BatchPart part : BatchPart.all(body, boundary, limits.batch().maxRequests())) {
            Optional<ApiException> exhausted = exhausted(answer, endNs);
            int status =
                    switch (part) {
                        case BatchPart.Single(Multipart.Part single) -> {
                            MutableHttpResponse<byte[]> one =
                                    errors.answering(() -> {
                                        refuse(exhausted);
                                        return routes.apply(single(requests.read(single)));
                                    });
                            answer.add(single.headers().value("Content-ID"), one);
                            yield one.code();
                        }
                        case BatchPart.ChangeSet(List<Multipart.Part> changes) ->
                                changeSet(request, changes, exhausted, answer);
                    };
            if (status >= 400 && !goOn) {
                break;
            }
        }
        return HttpResponse.ok(answer.bytes()).contentType(answer.contentType());
    }

    /** Why nothing more of a batch is done. */
    private Optional<ApiException> exhausted(MultipartAnswer answer, long endNs) {
        if (answer.size() >= limits.batch().maxAnswerBytes()) {
            return Optional.of(
                    new ApiException(
                            ErrorCode.BATCH_TOO_LARGE,
                            "not done: the answers before it have reached"
                                    + " understudy.web.max-batch-answer-bytes"));
        }
        return System.nanoTime() - endNs >= 0
                ? Optional.of(
                        new ApiException(
                                ErrorCode.BATCH_TOO_SLOW,
                                "not done: those before it have taken"
                                        + " understudy.web.batch-timeout-ms"))
                : Optional.empty();
    }

    private static void refuse(Optional<ApiException> exhausted) {
        if (exhausted.isPresent()) {
            throw exhausted.get();
        }
    }

    private static ApiRequest single(ApiRequest request) {
        if (request.path().equals("$batch")) {
            throw Multipart.invalid("a batch has no batch in it");
        }
        return request;
    }

    /** Adds one answer for each change, or a single one that says why none was done. */
    private int changeSet(
            ApiRequest batch,
            List<Multipart.Part> changes,
            Optional<ApiException> exhausted,
            MultipartAnswer answer) {
        List<Optional<String>> contentIds =
                changes.stream().map(change -> change.headers().value("Content-ID")).toList();
        List<MutableHttpResponse<byte[]>> done = new ArrayList<>();
        MutableHttpResponse<byte[]> outcome =
                errors.answering(() -> {
                    refuse(exhausted);
                    int room = limits.batch().maxAnswerBytes() - answer.size();
                    done.addAll(changed(batch, changes, contentIds, room));
                    return HttpResponse.noContent();
                });
        if (outcome.code() >= 400) {
            answer.add(Optional.empty(), outcome);
            return outcome.code();
        }
        answer.addAll(
                "changesetresponse",
                nested -> {
                    for (int i = 0; i < done.size(); i++) {
                        nested.add(contentIds.get(i), done.get(i));
                    }
                });
        return outcome.code();
    }

    /** The answers; where there is no more room, they show no entities. */
    private List<MutableHttpResponse<byte[]>> changed(
            ApiRequest batch,
            List<Multipart.Part> changes,
            List<Optional<String>> contentIds,
            int room) {
        BatchRequests requests = new BatchRequests(batch);
        List<ApiRequest> read = new ArrayList<>();
        List<PlannedWrite> planned = new ArrayList<>();
        for (Multipart.Part change : changes) {
            int index = planned.size();
            try {
                ApiRequest request = requests.read(change);
                PlannedWrite plan = plan(request);
                if (!request.method().equals("DELETE")) {
                    contentIds.get(index).ifPresent(id -> remember(requests, id, request, plan));
                }
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
                int left = room;
                for (int i = 0; i < results.size(); i++) {
                    ApiRequest request = read.get(i);
                    WriteResult result = results.get(i);
                    Preferences.Answer form =
                            left > 0 ? request.preferences().answer() : Preferences.Answer.MINIMAL;
                    MutableHttpResponse<byte[]> one =
                            errors.answering(() -> writes.answer(request, result, form));
                    left -= one.getBody().map(body -> body.length).orElse(0);
                    answers.add(one);
                }
            }
            case BatchResult.Refused(int index, Refusal refusal) ->
                    throw at(index, contentIds, ApiException.of(refusal));
        }
        return answers;
    }

    private static void remember(
            BatchRequests requests, String contentId, ApiRequest request, PlannedWrite plan) {
        switch (plan.naming()) {
            case BY_KEY ->
                    requests.remember(contentId, request.urls().of(plan.request().get().id()));
            case BY_ALTERNATE_KEY ->
                    // Without what may follow: /contact/$ref.
                    requests.rememberAlternateKey(
                            contentId, "/" + request.path().replaceFirst("/.*", ""));
        }
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
