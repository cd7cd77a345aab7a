package dev.understudy.store.digest;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** Owner and replica, asked at the same time, so that their snapshots are close. */
record BothSides<S>(S owner, S replica, ExecutorService threads) implements AutoCloseable {
    BothSides(S owner, S replica) {
        this(owner, replica, Executors.newVirtualThreadPerTaskExecutor());
    }

    /** Both answers. */
    record Pair<T>(T owner, T replica) {}

    <T> Pair<T> ask(Function<S, T> question) {
        CompletableFuture<T> fromOwner =
                CompletableFuture.supplyAsync(() -> question.apply(owner), threads);
        T fromReplica = question.apply(replica);
        try {
            return new Pair<>(fromOwner.join(), fromReplica);
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException fault) {
                throw fault;
            }
            throw e;
        }
    }

    @Override
    public void close() {
        threads.close();
    }
}
