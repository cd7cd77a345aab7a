package dev.understudy.lob.dataimport;

import dev.understudy.lob.dataimport.RawRow.Span;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * The rows between the first that is not done and the last that was read. So many are sent at once;
 * rows of the same key are sent one after the other, in the order of the file. Used by one thread.
 */
final class Window implements AutoCloseable {

    private static final int ROWS_PER_REQUEST = 4;

    /** A row whose verdict may be open. */
    record Pending(Span span, String key, CompletableFuture<Verdict> verdict) {}

    private final Sender sender;
    private final int rows;
    private final Semaphore permits;
    private final Deque<Pending> pending = new ArrayDeque<>();
    private final Map<String, CompletableFuture<Verdict>> lastOfKey = new HashMap<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    Window(Sender sender, int inFlight) {
        this.sender = sender;
        this.rows = ROWS_PER_REQUEST * inFlight;
        this.permits = new Semaphore(inFlight);
    }

    boolean full() {
        return pending.size() >= rows;
    }

    boolean empty() {
        return pending.isEmpty();
    }

    /** Adds the next row of the file, sending it if it is an entity. */
    void add(Span span, Parsed row) throws InterruptedException {
        switch (row) {
            case Parsed.Nothing _ -> addDone(span, new Verdict.Nothing());
            case Parsed.Bad(String code, String reason) ->
                    addDone(span, new Verdict.Rejected(code, reason));
            case Parsed.Entity entity -> send(span, entity);
        }
    }

    /** Takes out the first row; waits for nothing. */
    Pending removeFirst() {
        Pending first = pending.removeFirst();
        lastOfKey.remove(first.key(), first.verdict());
        return first;
    }

    private void addDone(Span span, Verdict verdict) {
        pending.add(new Pending(span, "", CompletableFuture.completedFuture(verdict)));
    }

    private void send(Span span, Parsed.Entity entity) throws InterruptedException {
        // Taken in the order of the file, so that a row never waits for one without a permit.
        permits.acquire();
        CompletableFuture<Verdict> verdict = new CompletableFuture<>();
        CompletableFuture<Verdict> before = lastOfKey.put(entity.key(), verdict);
        pending.add(new Pending(span, entity.key(), verdict));
        threads.execute(() -> {
            try {
                verdict.complete(sendAfter(before, entity));
            } catch (CompletionException e) {
                verdict.completeExceptionally(e.getCause() == null ? e : e.getCause());
            } catch (RuntimeException | Error e) {
                verdict.completeExceptionally(e);
            } finally {
                permits.release();
            }
        });
    }

    private Verdict sendAfter(@Nullable CompletableFuture<Verdict> before, Parsed.Entity entity) {
        if (before != null) {
            before.join();
        }
        return sender.send(entity);
    }

    /** Waits for the requests in flight; nothing is sent again. */
    @Override
    public void close() {
        sender.stop();
        threads.close();
    }
}
