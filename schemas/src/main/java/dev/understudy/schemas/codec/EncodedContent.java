package dev.understudy.schemas.codec;

import dev.understudy.schemas.model.EntityContent;
import dev.understudy.schemas.model.EntityField;
import dev.understudy.schemas.model.EntityKey;
import dev.understudy.schemas.model.EntityType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;

/**
 * An entity's content in Avro's binary encoding, by its type's own schema, with the key at hand.
 *
 * @param avro which nobody changes any more
 */
public record EncodedContent(EntityType type, EntityKey key, ByteBuffer avro) {

    public static EncodedContent of(EntityContent content) {
        EntityType type = content.type();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        try {
            new GenericDatumWriter<GenericRecord>(type.schema())
                    .write(AvroContent.toRecord(content), encoder);
            encoder.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new EncodedContent(type, content.key(), ByteBuffer.wrap(bytes.toByteArray()));
    }

    /**
     * What the bytes from there to the end hold. Nothing is read but the key, and what is before
     * it.
     *
     * @throws IOException if the key cannot be read
     * @throws RuntimeException likewise
     */
    public static EncodedContent read(EntityType type, byte[] bytes, int from) throws IOException {
        BytesDecoder in = new BytesDecoder();
        in.reset(bytes, from);
        EntityField key = type.key();
        List<Schema.Field> fields = type.schema().getFields();
        for (Schema.Field before : fields.subList(0, key.index())) {
            GenericDatumReader.skip(before.schema(), in);
        }
        Object value =
                switch (key.schema().getType()) {
                    case INT -> in.readInt();
                    case LONG -> in.readLong();
                    default -> in.readString();
                };
        return new EncodedContent(
                type,
                type.keyType().of(AvroValues.fromAvro(key, value)),
                ByteBuffer.wrap(bytes, from, bytes.length - from).slice());
    }

    /**
     * All of it.
     *
     * @throws IOException if the bytes are none of the schema's
     * @throws RuntimeException likewise
     */
    public EntityContent content() throws IOException {
        GenericRecord record =
                new GenericDatumReader<GenericRecord>(type.schema())
                        .read(null, DecoderFactory.get().binaryDecoder(bytes(), null));
        return AvroContent.ofRecord(type, record);
    }

    private byte[] bytes() {
        byte[] bytes = new byte[avro.remaining()];
        avro.duplicate().get(bytes);
        return bytes;
    }
}
