package dev.understudy.replicator.stream;

import dev.understudy.schemas.model.Catalog;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntFunction;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** Hands the records of one Streams task to its buffer; decides nothing. */
final class ApplyProcessor implements Processor<byte[], byte[], Void, Void> {
    private final Catalog catalog;
    private final IntFunction<ApplyTask> newTask;
    private final ApplyTasks tasks;
    private final FlushLimits limits;
    private @Nullable ProcessorContext<Void, Void> context;
    private @Nullable ApplyTask task;

    ApplyProcessor(
            Catalog catalog, IntFunction<ApplyTask> newTask, ApplyTasks tasks, FlushLimits limits) {
        this.catalog = catalog;
        this.newTask = newTask;
        this.tasks = tasks;
        this.limits = limits;
    }

    @Override
    public void init(ProcessorContext<Void, Void> processorContext) {
        ApplyTask opened = newTask.apply(processorContext.taskId().partition());
        tasks.opened(opened);
        processorContext.schedule(
                limits.interval(), PunctuationType.WALL_CLOCK_TIME, _ -> opened.look());
        task = opened;
        context = processorContext;
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        RecordMetadata origin = Objects.requireNonNull(context).recordMetadata().orElseThrow();
        ApplyTask own = Objects.requireNonNull(task);
        tasks.take(
                own,
                catalog.byTopic(origin.topic()).orElseThrow(),
                new ConsumerRecord<>(
                        origin.topic(),
                        origin.partition(),
                        origin.offset(),
                        record.timestamp(),
                        TimestampType.CREATE_TIME,
                        ConsumerRecord.NULL_SIZE,
                        ConsumerRecord.NULL_SIZE,
                        record.key(),
                        record.value(),
                        record.headers(),
                        Optional.empty()));
    }

    /** The last commit has been; what is still in the buffer was never committed. */
    @Override
    public void close() {
        if (task != null) {
            tasks.closed(task);
            task.close();
            task = null;
        }
    }
}
