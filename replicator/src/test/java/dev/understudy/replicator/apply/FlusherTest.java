package dev.understudy.replicator.apply;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.schemas.event.ChangeEvent;
import dev.understudy.schemas.event.ChangeKind;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FlusherTest {
    private static final TopicPartition PARTITION = new TopicPartition("us.contoso.crm.Account", 0);

    private final Bench bench = new Bench();
    private final ApplyBuffer buffer = new ApplyBuffer();
    private final Flusher flusher = bench.flusher();
    private long nextOffset;

    @AfterEach
    void close() {
        flusher.close();
        bench.close();
    }

    @Test
    void eachEventIsAppliedAndHasAReceiptThatSaysHow() {
        bench.store.placeholders.add(Events.key(2));
        add(Events.account(1, 1));
        add(Events.account(2, 5));
        add(Events.account(1, 1));
        add(Events.account(3, 2, ChangeKind.DELETED));

        assertThat(flusher.flush(List.of(buffer))).isEqualTo(new FlushResult.Flushed(4));
        assertThat(bench.receipts())
                .containsExactly(
                        "us.contoso.crm.Account-0@0 APPLIED null",
                        "us.contoso.crm.Account-0@1 HYDRATED 1234",
                        "us.contoso.crm.Account-0@2 STALE null",
                        "us.contoso.crm.Account-0@3 DELETED null");
        assertThat(buffer.isEmpty()).isTrue();
    }

    @Test
    void anUndecodableRecordIsADeadLetterAndHoldsNothingUp() {
        add(Events.account(1, 1));
        ProducerRecord<byte[], byte[]> damaged = bench.encoder.encode(Events.account(2, 1));
        add(
                Events.record(
                        new ProducerRecord<>(
                                damaged.topic(),
                                null,
                                null,
                                damaged.key(),
                                "not Avro".getBytes(UTF_8),
                                damaged.headers()),
                        0,
                        nextOffset++));
        add(Events.account(3, 1));

        assertThat(flusher.flush(List.of(buffer))).isEqualTo(new FlushResult.Flushed(3));
        assertThat(bench.store.versions).hasSize(2);
        ProducerRecord<byte[], byte[]> letter = bench.deadLetters().getFirst();
        assertThat(letter.key()).isEqualTo(damaged.key());
        assertThat(letter.value()).asString(UTF_8).isEqualTo("not Avro");
        assertThat(Bench.header(letter, "ce_sequence")).isEqualTo("1");
        assertThat(Bench.header(letter, DeadLetterHeaders.TOPIC)).isEqualTo(PARTITION.topic());
        assertThat(Bench.header(letter, DeadLetterHeaders.PARTITION)).isEqualTo("0");
        assertThat(Bench.header(letter, DeadLetterHeaders.OFFSET)).isEqualTo("1");
        assertThat(Bench.header(letter, DeadLetterHeaders.REASON)).isEqualTo("undecodable");
        assertThat(Bench.header(letter, DeadLetterHeaders.MESSAGE)).isNotBlank();
        assertThat(Bench.header(letter, DeadLetterHeaders.TIME)).isEqualTo(Bench.NOW.toString());
    }

    @Test
    void aRecordThatSurprisesTheDecoderIsADeadLetterAndHoldsNothingUp() {
        ProducerRecord<byte[], byte[]> record = bench.encoder.encode(Events.account(1, 1));
        add(
                new ConsumerRecord<>(
                        record.topic(),
                        0,
                        nextOffset++,
                        0,
                        TimestampType.CREATE_TIME,
                        record.key().length,
                        record.value().length,
                        record.key(),
                        record.value(),
                        new SurprisingHeaders(),
                        Optional.empty()));
        add(Events.account(2, 1));

        assertThat(flusher.flush(List.of(buffer))).isEqualTo(new FlushResult.Flushed(2));
        assertThat(bench.store.versions).hasSize(1);
        ProducerRecord<byte[], byte[]> letter = bench.deadLetters().getFirst();
        assertThat(Bench.header(letter, DeadLetterHeaders.REASON)).isEqualTo("undecodable");
        assertThat(Bench.header(letter, DeadLetterHeaders.MESSAGE)).contains("surprise");
    }

    @Test
    void aRefusedEventIsADeadLetter() {
        bench.store.refused.add(Events.key(1));
        add(Events.account(1, 1));

        assertThat(flusher.flush(List.of(buffer))).isEqualTo(new FlushResult.Flushed(1));
        assertThat(Bench.header(bench.deadLetters().getFirst(), DeadLetterHeaders.REASON))
                .isEqualTo("refused");
        assertThat(
                        bench.meters
                                .get("understudy.dead.letters")
                                .tag("reason", "refused")
                                .counter()
                                .count())
                .isEqualTo(1);
    }

    @Test
    void aPurgeOfTheOwnersIsCountedAndChangesNothing() {
        addPurge(1);

        assertThat(flusher.flush(List.of(buffer))).isEqualTo(new FlushResult.Flushed(1));
        assertThat(bench.store.batches).isEmpty();
        assertThat(bench.producer.history()).isEmpty();
        assertThat(
                        bench.meters
                                .get("understudy.replicator.events")
                                .tag("outcome", "purged")
                                .counter()
                                .count())
                .isEqualTo(1);
    }

    @Test
    void whileTheDatabaseIsAwayAllStaysPending() {
        add(Events.account(1, 1));
        add(Events.account(2, 1));
        bench.store.away = true;

        assertThat(failed(flusher.flush(List.of(buffer))).part()).isEqualTo(Part.DATABASE);
        assertThat(buffer.firstPending(PARTITION)).hasValue(0);
        bench.store.away = false;

        assertThat(flusher.flush(List.of(buffer))).isEqualTo(new FlushResult.Flushed(2));
        assertThat(buffer.firstPending(PARTITION)).isEmpty();
    }

    @Test
    void deadLettersDoNotWaitForTheDatabase() {
        add(Events.account(1, 1));
        add(Events.record(new ProducerRecord<>(PARTITION.topic(), null, null), 0, nextOffset++));
        bench.store.away = true;

        assertThat(failed(flusher.flush(List.of(buffer))).part()).isEqualTo(Part.DATABASE);
        assertThat(bench.deadLetters()).hasSize(1);
        assertThat(buffer.size()).isEqualTo(1);
    }

    @Test
    void receiptsThatFailAreSentAgainWithoutApplyingAgain() {
        bench.store.placeholders.add(Events.key(1));
        add(Events.account(1, 1));
        bench.producer.sendException = new TimeoutException("no broker");

        assertThat(failed(flusher.flush(List.of(buffer))).part()).isEqualTo(Part.KAFKA);
        assertThat(buffer.firstPending(PARTITION)).hasValue(0);
        bench.producer.sendException = null;

        assertThat(flusher.flush(List.of(buffer))).isEqualTo(new FlushResult.Flushed(1));
        assertThat(bench.receipts()).containsExactly("us.contoso.crm.Account-0@0 HYDRATED 1234");
        assertThat(bench.store.batches).containsExactly(1);
    }

    @Test
    void aProducerThatFailsForGoodIsReplaced() {
        add(Events.account(1, 1));
        bench.producer.sendException = new IllegalStateException("fenced");

        assertThat(failed(flusher.flush(List.of(buffer))).part()).isEqualTo(Part.KAFKA);
        assertThat(flusher.flush(List.of(buffer))).isEqualTo(new FlushResult.Flushed(1));
        assertThat(bench.receipts()).hasSize(1);
    }

    @Test
    void aRecordWhoseSchemaCannotBeFetchedNowStaysPending() {
        add(Events.account(1, 1));
        Map<String, Object> away =
                Map.of("schema.registry.url", "http://127.0.0.1:1", "max.retries", 0);

        try (Flusher cutOff = bench.flusher(away)) {
            assertThat(failed(cutOff.flush(List.of(buffer))).part()).isEqualTo(Part.REGISTRY);
        }
        assertThat(buffer.firstPending(PARTITION)).hasValue(0);
        assertThat(flusher.flush(List.of(buffer))).isEqualTo(new FlushResult.Flushed(1));
    }

    @Test
    void aLargeBufferIsAppliedInBatches() {
        for (int i = 0; i < 250; i++) {
            add(Events.account(i, 1));
        }

        assertThat(flusher.flush(List.of(buffer))).isEqualTo(new FlushResult.Flushed(250));
        assertThat(bench.store.batches).containsExactly(100, 100, 50);
    }

    private void addPurge(int number) {
        byte[] key = Events.key(number).text().getBytes(UTF_8);
        add(Events.record(new ProducerRecord<>(PARTITION.topic(), key, null), 0, nextOffset++));
    }

    private void add(ChangeEvent event) {
        add(Events.record(bench.encoder, event, 0, nextOffset++));
    }

    private void add(ConsumerRecord<byte[], byte[]> record) {
        buffer.add(Events.ACCOUNTS, record, 0);
    }

    private static Fault failed(FlushResult result) {
        assertThat(result).isInstanceOf(FlushResult.Failed.class);
        return ((FlushResult.Failed) result).fault();
    }

    private static final class SurprisingHeaders extends RecordHeaders {
        @Override
        public Iterator<Header> iterator() {
            throw new IllegalStateException("surprise");
        }
    }
}
