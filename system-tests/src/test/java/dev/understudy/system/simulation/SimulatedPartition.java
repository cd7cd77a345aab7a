package dev.understudy.system.simulation;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** One partition of a topic: a log in which transactions lie across each other. */
public final class SimulatedPartition {
    private final TopicPartition name;
    private final List<Entry> entries = new ArrayList<>();
    private long end;

    /** A record at its place. */
    public record Entry(
            long offset,
            String key,
            ProducerRecord<byte[], byte[]> record,
            SimulatedTransaction transaction) {
        /** The change's version, by its header. */
        long version() {
            return Long.parseLong(
                    new String(record.headers().lastHeader("ce_sequence").value(), UTF_8));
        }

        boolean isTombstone() {
            @Nullable Object value = record.value();
            return value == null;
        }
    }

    SimulatedPartition(TopicPartition name) {
        this.name = name;
    }

    public TopicPartition name() {
        return name;
    }

    long append(ProducerRecord<byte[], byte[]> record, SimulatedTransaction transaction) {
        transaction.touches(this);
        entries.add(new Entry(end, new String(record.key(), UTF_8), record, transaction));
        return end++;
    }

    /** The end of a transaction takes an offset. */
    void marker() {
        end++;
    }

    public long end() {
        return end;
    }

    /** How far one may read who reads committed records. */
    public long stableEnd() {
        for (Entry entry : entries) {
            if (entry.transaction().isOpen()) {
                return entry.offset();
            }
        }
        return end;
    }

    /** Committed records from an offset. */
    public List<Entry> read(long from, int most) {
        long stable = stableEnd();
        List<Entry> read = new ArrayList<>();
        for (Entry entry : entries) {
            if (read.size() == most || entry.offset() >= stable) {
                break;
            }
            if (entry.offset() >= from && entry.transaction().isCommitted()) {
                read.add(entry);
            }
        }
        return read;
    }

    /** Keeps of each key the last record below an offset that is stable; of nulls nothing. */
    void compact(long below) {
        Set<String> later = new HashSet<>();
        List<Entry> kept = new ArrayList<>();
        for (Entry entry : entries.reversed()) {
            boolean stays =
                    entry.offset() >= below
                            || (entry.transaction().isCommitted()
                                    && later.add(entry.key())
                                    && !entry.isTombstone());
            if (entry.transaction().isCommitted()) {
                later.add(entry.key());
            }
            if (stays) {
                kept.addFirst(entry);
            }
        }
        entries.clear();
        entries.addAll(kept);
    }
}
