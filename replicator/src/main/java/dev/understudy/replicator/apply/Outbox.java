package dev.understudy.replicator.apply;

import dev.understudy.schemas.event.RegistryUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;
import org.jspecify.annotations.Nullable;

/** Sends reports and waits for their acknowledgement, at least once each. Thread-safe. */
public final class Outbox implements AutoCloseable {
    private final Supplier<Producer<byte[], byte[]>> producers;
    private final Reports reports;
    private final Duration timeout;
    private @Nullable Producer<byte[], byte[]> producer;

    /**
     * @param producers makes an idempotent producer; called again when one has failed for good
     * @param timeout how long one delivery waits for its acknowledgements
     */
    public Outbox(Supplier<Producer<byte[], byte[]>> producers, Reports reports, Duration timeout) {
        this.producers = producers;
        this.reports = reports;
        this.timeout = timeout;
    }

    private record Sent(Pending pending, Future<RecordMetadata> acknowledgement) {}

    /** Reports on these settled records and marks those acknowledged; what stopped it, if so. */
    Optional<Fault> deliver(List<Pending> settled) {
        List<Sent> sent = new ArrayList<>();
        Producer<byte[], byte[]> current = current();
        @Nullable Fault fault = send(current, settled, sent);
        fault = first(fault, acknowledge(current, sent));
        return Optional.ofNullable(fault);
    }

    private @Nullable Fault send(
            Producer<byte[], byte[]> current, List<Pending> settled, List<Sent> sent) {
        try {
            for (Pending pending : settled) {
                Settled what = pending.settled();
                if (what == null || pending.isAcknowledged()) {
                    continue;
                }
                Optional<ProducerRecord<byte[], byte[]>> report = reports.on(pending, what);
                if (report.isPresent()) {
                    sent.add(new Sent(pending, current.send(report.get())));
                } else {
                    pending.acknowledged();
                }
            }
            // Rather than a linger time: all that a flush has to say in few requests, and at once.
            current.flush();
            return null;
        } catch (InterruptException e) {
            return Fault.of(Part.REPLICATOR, e);
        } catch (RegistryUnavailableException e) {
            return Fault.of(Part.REGISTRY, e);
        } catch (RuntimeException e) {
            replace(current, e);
            return Fault.of(Part.KAFKA, e);
        }
    }

    private @Nullable Fault acknowledge(Producer<byte[], byte[]> current, List<Sent> sent) {
        long deadline = System.nanoTime() + timeout.toNanos();
        @Nullable Fault fault = null;
        for (Sent one : sent) {
            try {
                long left = Math.max(0, deadline - System.nanoTime());
                one.acknowledgement().get(left, TimeUnit.NANOSECONDS);
                one.pending().acknowledged();
            } catch (ExecutionException e) {
                Throwable cause = e.getCause() == null ? e : e.getCause();
                replace(current, cause);
                fault = first(fault, Fault.of(Part.KAFKA, cause));
            } catch (TimeoutException e) {
                fault = first(fault, new Fault(Part.KAFKA, "no acknowledgement: " + timeout, e));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return Fault.of(Part.REPLICATOR, e);
            }
        }
        return fault;
    }

    private synchronized Producer<byte[], byte[]> current() {
        if (producer == null) {
            producer = producers.get();
        }
        return producer;
    }

    /** An idempotent producer that failed with anything else may be of no use any more. */
    private synchronized void replace(Producer<byte[], byte[]> failed, Throwable cause) {
        if (!(cause instanceof RetriableException) && failed.equals(producer)) {
            producer = null;
            failed.close(Duration.ZERO);
        }
    }

    private static @Nullable Fault first(@Nullable Fault earlier, @Nullable Fault later) {
        return earlier != null ? earlier : later;
    }

    @Override
    public synchronized void close() {
        if (producer != null) {
            producer.close(timeout);
        }
        reports.close();
    }
}
