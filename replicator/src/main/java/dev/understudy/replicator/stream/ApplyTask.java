package dev.understudy.replicator.stream;

import dev.understudy.replicator.apply.ApplyBuffer;
import dev.understudy.replicator.apply.FlushResult;
import dev.understudy.replicator.apply.Flusher;
import dev.understudy.replicator.breaker.Breaker;
import dev.understudy.schemas.model.CatalogEntry;
import java.util.List;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** One Streams task's buffer and when it is flushed. Belongs to the stream thread that made it. */
final class ApplyTask {
    private final int partition;
    private final Flusher flusher;
    private final Breaker breaker;
    private final FlushLimits limits;
    private final FaultHalt halt;
    private final Backlog backlog;
    private final Thread owner = Thread.currentThread();
    private final ApplyBuffer buffer = new ApplyBuffer();

    ApplyTask(int partition, Flusher flusher, ApplyTopology.Work work, Backlog backlog) {
        this.partition = partition;
        this.flusher = flusher;
        this.breaker = work.breaker();
        this.limits = work.limits();
        this.halt = work.halt();
        this.backlog = backlog;
    }

    int partition() {
        return partition;
    }

    boolean belongsToThisThread() {
        return owner.equals(Thread.currentThread());
    }

    void add(CatalogEntry entry, ConsumerRecord<byte[], byte[]> record) {
        buffer.add(entry, record, System.nanoTime());
        backlog.taken(partition);
        if (buffer.size() >= limits.records()) {
            flush();
        }
    }

    /** Whether more records of it have been polled than have come. */
    boolean awaitsMore() {
        return backlog.hasMore(partition);
    }

    /** Flushes what has been there for long: left over, or held up behind other tasks. */
    void look() {
        if (buffer.ageNanos(System.nanoTime()) >= limits.age().toNanos()) {
            flush();
        }
    }

    /** Makes durable what it can, if the breaker lets it; what is left is still pending. */
    void flush() {
        flush(List.of(this));
    }

    /** The same of several tasks of one thread at once, in one transaction if they are small. */
    static void flush(List<ApplyTask> tasks) {
        List<ApplyBuffer> buffers =
                tasks.stream().map(task -> task.buffer).filter(one -> !one.isEmpty()).toList();
        if (!buffers.isEmpty()) {
            tasks.getFirst().flushAll(buffers);
        }
    }

    private void flushAll(List<ApplyBuffer> buffers) {
        if (!breaker.enter()) {
            return;
        }
        switch (flusher.flush(buffers)) {
            case FlushResult.Flushed _ -> {
                breaker.succeeded();
                halt.reached(FaultHalt.Point.AFTER_FLUSH);
            }
            case FlushResult.Failed(var fault) -> breaker.failed(fault);
        }
    }

    OptionalLong firstPending(TopicPartition topicPartition) {
        return buffer.firstPending(topicPartition);
    }

    void close() {
        buffer.discard();
        backlog.forget(partition);
        flusher.close();
    }
}
