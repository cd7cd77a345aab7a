package dev.understudy.replicator.stream;

import dev.understudy.schemas.model.CatalogEntry;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The tasks of this application instance by partition number: there is one sub-topology, so a task
 * owns that partition of every topic. Thread-safe.
 */
final class ApplyTasks {
    private final Map<Integer, ApplyTask> tasks = new ConcurrentHashMap<>();

    void opened(ApplyTask task) {
        tasks.put(task.partition(), task);
    }

    void closed(ApplyTask task) {
        tasks.remove(task.partition(), task);
    }

    /** Gives a task a record, and flushes if no more is to come now. */
    void take(ApplyTask task, CatalogEntry entry, ConsumerRecord<byte[], byte[]> record) {
        task.add(entry, record);
        if (!task.awaitsMore()) {
            flushWhatCameTogether();
        }
    }

    /**
     * Flushes all tasks of the calling thread, unless one of them is still to be given records that
     * came with the others.
     */
    void flushWhatCameTogether() {
        List<ApplyTask> own =
                tasks.values().stream().filter(ApplyTask::belongsToThisThread).toList();
        if (own.stream().noneMatch(ApplyTask::awaitsMore)) {
            ApplyTask.flush(own);
        }
    }

    /** The task that owns the partition, if it belongs to the calling thread. */
    Optional<ApplyTask> ofThisThread(int partition) {
        return Optional.ofNullable(tasks.get(partition)).filter(ApplyTask::belongsToThisThread);
    }
}
