package dev.understudy.sandbox;

import java.util.List;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Runs actions side by side. */
final class Concurrently {

    private Concurrently() {}

    /**
     * Returns when all are done. Throws the first failure as soon as it happens, while the other
     * actions may go on: they must end by themselves.
     */
    static void run(List<Runnable> actions) {
        ExecutorService executor = Executors.newThreadPerTaskExecutor(Thread.ofVirtual().factory());
        CompletionService<Void> completions = new ExecutorCompletionService<>(executor);
        for (Runnable action : actions) {
            var _ = completions.submit(action, null);
        }
        executor.shutdown();
        try {
            for (int done = 0; done < actions.size(); done++) {
                completions.take().get();
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SandboxException known) {
                throw known;
            }
            throw new SandboxException("A part of the sandbox failed: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SandboxException("Interrupted", e);
        }
    }
}
