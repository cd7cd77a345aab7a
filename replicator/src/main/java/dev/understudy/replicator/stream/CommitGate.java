package dev.understudy.replicator.stream;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Lets a commit pass only as far as the database has come: flushes the tasks it is about, then
 * holds each offset back to the first record that is still pending. Never throws because of a
 * failed flush. One consumer's.
 */
final class CommitGate {
    private final ApplyTasks tasks;
    private final FaultHalt halt;
    private final Map<TopicPartition, OffsetAndMetadata> last = new HashMap<>();

    CommitGate(ApplyTasks tasks, FaultHalt halt) {
        this.tasks = tasks;
        this.halt = halt;
    }

    /**
     * Commits what may be committed of what is asked for.
     *
     * @param position as {@link #pass}
     */
    void commit(
            Map<TopicPartition, OffsetAndMetadata> asked,
            Function<TopicPartition, OptionalLong> position,
            Consumer<Map<TopicPartition, OffsetAndMetadata>> commit) {
        Map<TopicPartition, OffsetAndMetadata> passed = pass(asked, position);
        if (!passed.isEmpty()) {
            commit.accept(passed);
            committed(passed);
        }
    }

    /**
     * What may be committed of what is asked for, and is not committed already.
     *
     * @param position the next offset that the consumer reads of a partition, if it is known. No
     *     commit may pass it either: a task that is suspended and resumed still asks for the
     *     offsets it had consumed, while its consumer has gone back to the committed ones
     */
    Map<TopicPartition, OffsetAndMetadata> pass(
            Map<TopicPartition, OffsetAndMetadata> asked,
            Function<TopicPartition, OptionalLong> position) {
        asked.keySet().stream()
                .mapToInt(TopicPartition::partition)
                .distinct()
                .forEach(partition -> tasks.ofThisThread(partition).ifPresent(ApplyTask::flush));
        Map<TopicPartition, OffsetAndMetadata> passed = new HashMap<>();
        asked.forEach((partition, offset) ->
                limit(partition, position.apply(partition))
                        .map(limit -> clamp(offset, limit))
                        .filter(clamped -> !clamped.equals(last.get(partition)))
                        .ifPresent(clamped -> passed.put(partition, clamped)));
        if (!passed.isEmpty()) {
            halt.reached(FaultHalt.Point.BEFORE_OFFSET_COMMIT);
        }
        return passed;
    }

    /** What was passed has been committed, and need not be again. */
    void committed(Map<TopicPartition, OffsetAndMetadata> passed) {
        last.putAll(passed);
        halt.reached(FaultHalt.Point.AFTER_OFFSET_COMMIT);
    }

    /** Nothing if the partition is no task's of this thread: then nothing is known of it. */
    private Optional<Long> limit(TopicPartition partition, OptionalLong position) {
        if (position.isEmpty()) {
            return Optional.empty();
        }
        return tasks.ofThisThread(partition.partition())
                .map(task ->
                        Math.min(
                                task.firstPending(partition).orElse(Long.MAX_VALUE),
                                position.getAsLong()));
    }

    /** Keeps the metadata, in which Streams stores its own. */
    private static OffsetAndMetadata clamp(OffsetAndMetadata asked, long limit) {
        return asked.offset() <= limit ? asked : new OffsetAndMetadata(limit, asked.metadata());
    }
}
