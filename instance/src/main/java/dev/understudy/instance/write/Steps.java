package dev.understudy.instance.write;

import dev.understudy.store.RecordState;
import jakarta.inject.Singleton;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The steps of the pipeline, by stage and in order. */
@Singleton
final class Steps {
    private final List<WriteStep.PreValidation> preValidation;
    private final List<WriteStep.PreOperation> preOperation;
    private final List<WriteStep.PostOperation> postOperation;
    private final List<WriteStep.Deferred> deferred;

    Steps(
            List<WriteStep.PreValidation> preValidation,
            List<WriteStep.PreOperation> preOperation,
            List<WriteStep.PostOperation> postOperation,
            List<WriteStep.Deferred> deferred) {
        this.preValidation = ordered(preValidation);
        this.preOperation = ordered(preOperation);
        this.postOperation = ordered(postOperation);
        this.deferred = ordered(deferred);
    }

    Optional<Refusal> preValidation(WriteRequest request) {
        return first(preValidation, step -> step.check(request));
    }

    Optional<Refusal> preOperation(Operation operation) {
        return first(preOperation, step -> step.before(operation));
    }

    Optional<Refusal> preOperations(List<Operation> operations) {
        return first(preOperation, step -> step.beforeAll(operations));
    }

    Optional<Refusal> postOperations(List<Operation> operations) {
        Optional<Refusal> refusal = first(postOperation, step -> step.afterAll(operations));
        if (refusal.isEmpty()) {
            operations.forEach(this::defer);
        }
        return refusal;
    }

    /** What is deferred of a deleted entity is not of another that comes under its key. */
    private void defer(Operation operation) {
        if (operation.after().state() == RecordState.DELETED) {
            deferred.forEach(step ->
                    operation.transaction().awaitNoMore(operation.after().id(), step.name()));
        } else if (operation.after().state() == RecordState.HYDRATED) {
            deferred.stream()
                    .filter(step -> step.concerns(operation))
                    .forEach(step ->
                            operation
                                    .transaction()
                                    .awaitComplete(operation.after().id(), step.name()));
        }
    }

    private static <S extends WriteStep> List<S> ordered(List<S> steps) {
        return steps.stream().sorted(Comparator.comparingInt(WriteStep::order)).toList();
    }

    /** Runs the steps up to the first that refuses. */
    private static <S> Optional<Refusal> first(List<S> steps, Function<S, Optional<Refusal>> run) {
        return steps.stream().map(run).flatMap(Optional::stream).findFirst();
    }
}
