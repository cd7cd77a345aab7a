package dev.understudy.schemas.codec;

import dev.understudy.schemas.model.EntityContent;
import dev.understudy.schemas.model.EntityField;
import dev.understudy.schemas.model.EntityType;
import dev.understudy.schemas.model.FieldType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.ResolvingDecoder;
import org.jspecify.annotations.Nullable;

/**
 * Reads content straight out of Avro's binary encoding, as it was written by one schema, as a
 * type's own schema asks for it. One per thread.
 */
public final class ContentReader {
    private final EntityType type;
    private final Schema.Field[] fields;
    private final List<FieldReader> readers = new ArrayList<>();
    private final BytesDecoder bytes = new BytesDecoder();

    /** Null where what was written is what is asked for. */
    private final @Nullable ResolvingDecoder resolving;

    @FunctionalInterface
    private interface FieldReader {
        @Nullable Object read(Decoder in) throws IOException;
    }

    /** Of records that were written by this schema. */
    public ContentReader(Schema written, EntityType type) throws IOException {
        Schema asked = type.schema();
        this.type = type;
        this.fields = asked.getFields().toArray(Schema.Field[]::new);
        for (Schema.Field field : fields) {
            readers.add(reader(field.schema(), type.fields().get(field.pos())));
        }
        this.resolving =
                written.equals(asked)
                        ? null
                        : DecoderFactory.get()
                                .resolvingDecoder(Schema.applyAliases(written, asked), asked, null);
    }

    public EntityType type() {
        return type;
    }

    /**
     * The content that begins there.
     *
     * @throws org.apache.avro.AvroTypeException if what was written cannot be read as asked for
     * @throws IOException if the bytes are none of the schema's
     * @throws RuntimeException likewise
     */
    public EntityContent read(byte[] value, int from) throws IOException {
        bytes.reset(value, from);
        @Nullable Object[] values = new Object[fields.length];
        if (resolving == null) {
            for (int i = 0; i < values.length; i++) {
                values[i] = readers.get(i).read(bytes);
            }
        } else {
            resolving.configure(bytes);
            for (Schema.Field field : resolving.readFieldOrder()) {
                values[field.pos()] = readers.get(field.pos()).read(resolving);
            }
            resolving.drain();
        }
        return EntityContent.of(type, values);
    }

    private static FieldReader reader(Schema schema, EntityField field) {
        FieldReader value = value(field);
        if (!schema.isUnion()) {
            return value;
        }
        int ofNull = schema.getIndexNamed(Schema.Type.NULL.getName());
        int branches = schema.getTypes().size();
        return in -> {
            int branch = in.readIndex();
            if (branch < 0 || branch >= branches) {
                throw new IOException("a union has no branch " + branch);
            }
            if (branch == ofNull) {
                in.readNull();
                return null;
            }
            return value.read(in);
        };
    }

    /** The commonest without their generic form in between. */
    private static FieldReader value(EntityField field) {
        return switch (field.type()) {
            case FieldType.Text _ -> Decoder::readString;
            case FieldType.Uuid _ -> in -> UUID.fromString(in.readString());
            case FieldType.Bool _ -> Decoder::readBoolean;
            case FieldType.Symbol(List<String> symbols) -> in -> symbols.get(in.readEnum());
            default -> {
                Generic generic = new Generic(field.schema());
                yield in -> AvroValues.fromAvro(field, generic.read(in));
            }
        };
    }

    /** Any value in its generic form. */
    private static final class Generic extends GenericDatumReader<Object> {
        private final Schema schema;

        Generic(Schema schema) {
            super(schema, schema, GenericData.get());
            this.schema = schema;
        }

        Object read(Decoder in) throws IOException {
            return switch (schema.getType()) {
                case INT -> in.readInt();
                case LONG -> in.readLong();
                case FLOAT -> in.readFloat();
                case DOUBLE -> in.readDouble();
                case BYTES -> in.readBytes(null);
                default ->
                        in instanceof ResolvingDecoder resolving
                                ? read(null, schema, resolving)
                                : read(null, in);
            };
        }
    }
}
