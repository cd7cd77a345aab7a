package dev.understudy.benchmarks.peers;

import io.confluent.kafka.serializers.KafkaAvroDeserializer;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Timestamp;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.storage.Converter;
import org.jspecify.annotations.Nullable;

/**
 * Flat Avro records in Confluent's wire format as Connect's structures, with the names by which
 * Debezium's sink knows UUIDs and timestamps of full precision. It stands in for Confluent's
 * converter, which is not in Maven Central; it does less, so it takes less.
 */
public final class AvroConverter implements Converter {
    private final KafkaAvroDeserializer deserializer = new KafkaAvroDeserializer();
    private final Map<org.apache.avro.Schema, Schema> schemas = new ConcurrentHashMap<>();
    private Timestamps timestamps = Timestamps.DEBEZIUM_MICROS;

    /** As what a timestamp goes on. */
    private enum Timestamps {
        /** At full precision, under a name that Debezium's sink knows. */
        DEBEZIUM_MICROS,
        /** Connect's own, which counts milliseconds. */
        CONNECT,
        /** At full precision, as ISO-8601. */
        TEXT
    }

    @Override
    public void configure(Map<String, ?> configuration, boolean isKey) {
        deserializer.configure(configuration, isKey);
        if (configuration.get("timestamps") instanceof String name) {
            timestamps = Timestamps.valueOf(name.toUpperCase(Locale.ROOT));
        }
    }

    @Override
    public byte[] fromConnectData(String topic, Schema schema, Object value) {
        throw new DataException("only reads");
    }

    @Override
    public SchemaAndValue toConnectData(String topic, byte @Nullable [] value) {
        if (value == null) {
            return SchemaAndValue.NULL;
        }
        GenericRecord record = (GenericRecord) deserializer.deserialize(topic, value);
        Schema schema = schemas.computeIfAbsent(record.getSchema(), this::schema);
        Struct struct = new Struct(schema);
        for (org.apache.avro.Schema.Field field : record.getSchema().getFields()) {
            struct.put(field.name(), value(bare(field.schema()), record.get(field.pos())));
        }
        return new SchemaAndValue(schema, struct);
    }

    private Schema schema(org.apache.avro.Schema avro) {
        SchemaBuilder builder = SchemaBuilder.struct().name(avro.getFullName());
        for (org.apache.avro.Schema.Field field : avro.getFields()) {
            SchemaBuilder type = type(bare(field.schema()));
            builder.field(
                    field.name(), (field.schema().isUnion() ? type.optional() : type).build());
        }
        return builder.build();
    }

    private SchemaBuilder type(org.apache.avro.Schema avro) {
        LogicalType logical = avro.getLogicalType();
        return switch (avro.getType()) {
            case STRING ->
                    logical instanceof LogicalTypes.Uuid
                            ? SchemaBuilder.string().name("io.debezium.data.Uuid")
                            : SchemaBuilder.string();
            case BOOLEAN -> SchemaBuilder.bool();
            case INT -> SchemaBuilder.int32();
            case LONG ->
                    logical instanceof LogicalTypes.TimestampMicros
                            ? switch (timestamps) {
                                case DEBEZIUM_MICROS ->
                                        SchemaBuilder.int64()
                                                .name("io.debezium.time.MicroTimestamp");
                                case CONNECT -> Timestamp.builder();
                                case TEXT -> SchemaBuilder.string();
                            }
                            : SchemaBuilder.int64();
            case BYTES -> Decimal.builder(((LogicalTypes.Decimal) logical).getScale());
            default -> throw new DataException("no type for " + avro);
        };
    }

    private @Nullable Object value(org.apache.avro.Schema avro, @Nullable Object value) {
        return switch (value) {
            case null -> null;
            case ByteBuffer bytes -> {
                byte[] unscaled = new byte[bytes.remaining()];
                bytes.duplicate().get(unscaled);
                int scale = ((LogicalTypes.Decimal) avro.getLogicalType()).getScale();
                yield new BigDecimal(new BigInteger(unscaled), scale);
            }
            case CharSequence text -> text.toString();
            case Long micros when avro.getLogicalType() instanceof LogicalTypes.TimestampMicros ->
                    switch (timestamps) {
                        case DEBEZIUM_MICROS -> micros;
                        case CONNECT -> Timestamp.toLogical(Timestamp.SCHEMA, micros / 1000);
                        case TEXT -> Instant.EPOCH.plus(micros, ChronoUnit.MICROS).toString();
                    };
            default -> value;
        };
    }

    /** Without null. */
    private static org.apache.avro.Schema bare(org.apache.avro.Schema schema) {
        return schema.isUnion()
                ? schema.getTypes().stream()
                        .filter(each -> each.getType() != org.apache.avro.Schema.Type.NULL)
                        .findFirst()
                        .orElseThrow()
                : schema;
    }
}
