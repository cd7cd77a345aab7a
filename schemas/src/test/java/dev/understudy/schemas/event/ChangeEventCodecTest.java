package dev.understudy.schemas.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.understudy.schemas.codec.EncodedContent;
import dev.understudy.schemas.model.Catalog;
import dev.understudy.schemas.model.CatalogEntry;
import dev.understudy.schemas.model.EntityContent;
import dev.understudy.schemas.model.EntityKey;
import dev.understudy.schemas.model.EntityType;
import dev.understudy.schemas.model.SchemaFiles;
import io.confluent.kafka.serializers.KafkaAvroSerializer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The genuine Confluent serializer on both sides, with its in-memory registry. */
class ChangeEventCodecTest {
    private static final Map<String, String> REGISTRY =
            Map.of("schema.registry.url", "mock://" + ChangeEventCodecTest.class.getName());
    private static final Catalog CATALOG =
            Catalog.of(
                    List.of("us.contoso.crm.Account", "us.contoso.crm.Contact"),
                    new SchemaFiles(List.of("classpath:contoso")));
    private static final CatalogEntry CONTACTS = CATALOG.entry("contoso.crm.Contact");
    private static final EntityKey KEY = new EntityKey.OfUuid(new UUID(1, 2));

    private final ChangeEventEncoder encoder = new ChangeEventEncoder(REGISTRY);
    private final ChangeEventDecoder decoder = new ChangeEventDecoder(REGISTRY);

    @AfterEach
    void close() {
        encoder.close();
        decoder.close();
    }

    @Test
    void anEventSurvivesItsRecord() {
        ChangeEvent event = contact(ChangeKind.UPSERTED);

        assertThat(decode(encoder.encode(event))).isEqualTo(new Decoded.Change(event));
    }

    @Test
    void aDeletionCarriesARecordAndNeverANull() {
        ProducerRecord<byte[], byte[]> record = encoder.encode(contact(ChangeKind.DELETED));

        assertThat(record.value()).isNotNull();
        assertThat(((Decoded.Change) decode(record)).event().metadata().kind())
                .isEqualTo(ChangeKind.DELETED);
    }

    @Test
    void theRecordIsACloudEventInBinaryModeInConfluentsWireFormat() {
        ProducerRecord<byte[], byte[]> record = encoder.encode(contact(ChangeKind.UPSERTED));

        assertThat(record.topic()).isEqualTo("us.contoso.crm.Contact");
        assertThat(record.key()).asString(UTF_8).isEqualTo(KEY.text());
        assertThat(record.value()[0]).isZero();
        assertThat(ByteBuffer.wrap(record.value(), 1, 4).getInt()).isPositive();
        assertThat(record.headers())
                .extracting(Header::key, header -> new String(header.value(), UTF_8))
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("content-type", "application/avro"),
                        org.assertj.core.groups.Tuple.tuple("ce_specversion", "1.0"),
                        org.assertj.core.groups.Tuple.tuple(
                                "ce_id", "contoso.crm.Contact/" + KEY.text() + "/7"),
                        org.assertj.core.groups.Tuple.tuple("ce_source", "/understudy/us"),
                        org.assertj.core.groups.Tuple.tuple(
                                "ce_type", "contoso.crm.Contact.upserted"),
                        org.assertj.core.groups.Tuple.tuple("ce_subject", KEY.text()),
                        org.assertj.core.groups.Tuple.tuple(
                                "ce_time", "2026-11-21T10:00:00.123456Z"),
                        org.assertj.core.groups.Tuple.tuple("ce_sequence", "7"),
                        org.assertj.core.groups.Tuple.tuple("ce_position", "1:16/B374D848"),
                        org.assertj.core.groups.Tuple.tuple("traceparent", "00-1-2-01"));
    }

    @Test
    void contentThatIsAvroAlreadyMakesTheSameRecord() throws IOException {
        for (ChangeKind kind : List.of(ChangeKind.UPSERTED, ChangeKind.DELETED)) {
            ChangeEvent event = contact(kind);
            ProducerRecord<byte[], byte[]> expected = encoder.encode(event);
            byte[] avro = EncodedContent.of(event.content()).avro().array();

            EncodedContent content = EncodedContent.read(CONTACTS.type(), avro, 0);

            // Those after the first one do without the serializer.
            for (int i = 0; i < 3; i++) {
                assertThat(encoder.encode(content, event.metadata()))
                        .usingRecursiveComparison()
                        .isEqualTo(expected);
            }
        }
    }

    @Test
    void aNullValueIsAPurge() {
        ProducerRecord<byte[], byte[]> record = encoder.encode(contact(ChangeKind.UPSERTED));

        assertThat(decoder.decode(CONTACTS, record.key(), null, record.headers()))
                .isEqualTo(new Decoded.Purged(CONTACTS.type(), KEY));
    }

    @ParameterizedTest
    @CsvSource({
        "ce_sequence,0",
        "ce_sequence,-1",
        "ce_sequence,x",
        "ce_sequence,99999999999999999999",
        "ce_position,16/0",
        "ce_time,yesterday",
        "ce_type,contoso.crm.Account.upserted",
        "ce_type,x",
        "ce_source,us"
    })
    void aMalformedHeaderIsPoisonThatNamesIt(String name, String value) {
        ProducerRecord<byte[], byte[]> record = encoder.encode(contact(ChangeKind.UPSERTED));
        record.headers().remove(name).add(name, value.getBytes(UTF_8));

        Decoded.Poison poison = (Decoded.Poison) decode(record);

        assertThat(poison.reason()).isEqualTo(PoisonReason.HEADERS);
        assertThat(poison.message()).contains(name, value);
    }

    @Test
    void aMissingHeaderIsPoison() {
        ProducerRecord<byte[], byte[]> record = encoder.encode(contact(ChangeKind.UPSERTED));
        record.headers().remove("ce_position");

        assertThat(((Decoded.Poison) decode(record)).message())
                .isEqualTo("header ce_position is missing");
    }

    @Test
    void bytesThatAreNoAvroArePoison() {
        ProducerRecord<byte[], byte[]> record = encoder.encode(contact(ChangeKind.UPSERTED));
        byte[] cut = java.util.Arrays.copyOf(record.value(), 12);

        assertThat(reason(record, record.key(), "garbage".getBytes(UTF_8)))
                .isEqualTo(PoisonReason.UNDECODABLE);
        assertThat(reason(record, record.key(), new byte[0])).isEqualTo(PoisonReason.UNDECODABLE);
        assertThat(reason(record, record.key(), cut)).isEqualTo(PoisonReason.UNDECODABLE);
    }

    @Test
    void aLengthThatLiesIsPoisonAndTakesNoMemory() {
        ProducerRecord<byte[], byte[]> record = encoder.encode(contact(ChangeKind.UPSERTED));
        byte[] value = record.value().clone();
        // The key's length, a zigzag varint: 36 before, and two thousand million now.
        int length = 5;
        assertThat(value[length]).isEqualTo((byte) 72);
        byte[] liar = new byte[value.length + 4];
        System.arraycopy(value, 0, liar, 0, length);
        System.arraycopy(new byte[] {-2, -1, -1, -1, 14}, 0, liar, length, 5);
        System.arraycopy(value, length + 1, liar, length + 5, value.length - length - 1);

        assertThat(reason(record, record.key(), liar)).isEqualTo(PoisonReason.UNDECODABLE);
    }

    @Test
    void anyDamageToTheValueIsPoisonOrAnotherValue() {
        Random random = new Random(42);
        ProducerRecord<byte[], byte[]> record = encoder.encode(contact(ChangeKind.UPSERTED));
        for (int i = 0; i < 20_000; i++) {
            byte[] value =
                    Arrays.copyOf(record.value(), 5 + random.nextInt(record.value().length - 4));
            for (int flips = random.nextInt(4); flips >= 0 && value.length > 5; flips--) {
                value[5 + random.nextInt(value.length - 5)] = (byte) random.nextInt(256);
            }
            Decoded decoded = decoder.decode(CONTACTS, record.key(), value, record.headers());
            assertThat(decoded).isNotInstanceOf(Decoded.Purged.class);
        }
    }

    @Test
    void aKeyThatIsNotTheValuesIsPoison() {
        ProducerRecord<byte[], byte[]> record = encoder.encode(contact(ChangeKind.UPSERTED));

        assertThat(reason(record, new UUID(9, 9).toString().getBytes(UTF_8), record.value()))
                .isEqualTo(PoisonReason.KEY_MISMATCH);
        assertThat(reason(record, "x".getBytes(UTF_8), record.value()))
                .isEqualTo(PoisonReason.KEY_MISMATCH);
        String upperCase = "ABCDEF00-0000-0000-0000-000000000000";
        assertThat(reason(record, upperCase.getBytes(UTF_8), record.value()))
                .isEqualTo(PoisonReason.KEY_MISMATCH);
        assertThat(reason(record, new byte[] {(byte) 0xFF}, record.value()))
                .isEqualTo(PoisonReason.KEY_MISMATCH);
        assertThat(reason(record, null, record.value())).isEqualTo(PoisonReason.KEY_MISMATCH);
    }

    @Test
    void aSchemaThatTheRegistryDoesNotKnowIsPoison() {
        ProducerRecord<byte[], byte[]> record = encoder.encode(contact(ChangeKind.UPSERTED));
        byte[] value = record.value().clone();
        ByteBuffer.wrap(value, 1, 4).putInt(4711);

        assertThat(reason(record, record.key(), value)).isEqualTo(PoisonReason.UNKNOWN_SCHEMA);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1001})
    void aValuesKeyThatIsNoKeyIsPoison(int length) {
        EntityType type =
                EntityType.of(
                        new Schema.Parser()
                                .parse(
                                        """
                                        {"type": "record", "name": "Coded", "namespace": "test", "entity.key": "code",
                                         "fields": [{"name": "code", "type": "string"}]}\
                                        """));
        CatalogEntry entry = new CatalogEntry("us", type);
        ProducerRecord<byte[], byte[]> record = encoder.encode(contact(ChangeKind.UPSERTED));
        record.headers().remove("ce_type").add("ce_type", "test.Coded.upserted".getBytes(UTF_8));
        GenericRecord value = new GenericData.Record(type.schema());
        value.put("code", "x".repeat(length));
        byte[] bytes;
        try (KafkaAvroSerializer serializer = new KafkaAvroSerializer()) {
            serializer.configure(REGISTRY, false);
            bytes = serializer.serialize(entry.topic(), value);
        }

        Decoded decoded = decoder.decode(entry, "x".getBytes(UTF_8), bytes, record.headers());

        assertThat(((Decoded.Poison) decoded).reason()).isEqualTo(PoisonReason.KEY_MISMATCH);
    }

    @Test
    void anEventOfAnotherInstanceIsPoison() {
        ProducerRecord<byte[], byte[]> record = encoder.encode(contact(ChangeKind.UPSERTED));
        record.headers().remove("ce_source").add("ce_source", "/understudy/asia".getBytes(UTF_8));

        assertThat(((Decoded.Poison) decode(record)).reason()).isEqualTo(PoisonReason.NOT_OWNER);
    }

    @Test
    void aRegistryThatIsAwayIsAFaultAndNotPoison() {
        ProducerRecord<byte[], byte[]> record = encoder.encode(contact(ChangeKind.UPSERTED));
        try (ChangeEventDecoder lonely =
                new ChangeEventDecoder(Map.of("schema.registry.url", "http://127.0.0.1:9"))) {
            assertThatThrownBy(() ->
                            lonely.decode(CONTACTS, record.key(), record.value(), record.headers()))
                    .isInstanceOf(RegistryUnavailableException.class);
        }
    }

    private Decoded decode(ProducerRecord<byte[], byte[]> record) {
        return decoder.decode(CONTACTS, record.key(), record.value(), record.headers());
    }

    private PoisonReason reason(ProducerRecord<byte[], byte[]> record, byte[] key, byte[] value) {
        return ((Decoded.Poison) decoder.decode(CONTACTS, key, value, record.headers())).reason();
    }

    private static ChangeEvent contact(ChangeKind kind) {
        EntityType type = CONTACTS.type();
        EntityContent content =
                EntityContent.ofKey(type, KEY)
                        .with(type.field("firstName").orElseThrow(), "Ada")
                        .with(type.field("lastName").orElseThrow(), "Lovelace")
                        .with(
                                type.field("createdOn").orElseThrow(),
                                Instant.parse("2026-11-21T09:00:00Z"));
        return new ChangeEvent(
                KEY,
                content,
                new ChangeMetadata(
                        "us",
                        kind,
                        new Version(7),
                        Position.parse("1:16/B374D848"),
                        Instant.parse("2026-11-21T10:00:00.123456Z"),
                        Optional.of("00-1-2-01")));
    }
}
