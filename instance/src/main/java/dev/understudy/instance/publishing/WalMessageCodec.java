package dev.understudy.instance.publishing;

import dev.understudy.schemas.UnderstudyException;
import dev.understudy.schemas.codec.EncodedContent;
import dev.understudy.schemas.event.ChangeKind;
import dev.understudy.schemas.event.Version;
import dev.understudy.schemas.model.EntityType;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.avro.AvroRuntimeException;
import org.jspecify.annotations.Nullable;

/**
 * WAL messages as bytes: a format number, a tag, the metadata, the fingerprint of the schema and
 * the content as Avro. Needs no registry. Thread-safe.
 */
final class WalMessageCodec {
    private static final byte FORMAT = 1;
    private static final byte UPSERTED = 'u';
    private static final byte DELETED = 'd';
    private static final byte HEARTBEAT = 'h';

    private final WalSchemas schemas;

    WalMessageCodec(WalSchemas schemas) {
        this.schemas = schemas;
    }

    /** Whether messages with content of this type are understood by whoever publishes them. */
    boolean canTell(EntityType type) {
        return schemas.has(type);
    }

    byte[] encode(WalMessage message) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(FORMAT);
            switch (message) {
                case WalMessage.Change change -> write(change, out);
                case WalMessage.Heartbeat heartbeat -> {
                    out.writeByte(HEARTBEAT);
                    out.writeLong(heartbeat.epoch());
                    write(heartbeat.time(), out);
                    out.writeInt(heartbeat.late().size());
                    for (String type : heartbeat.late()) {
                        out.writeUTF(type);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /**
     * Reads a message; of its content, the key.
     *
     * @throws UnderstudyException if it is not one
     */
    WalMessage decode(ByteBuffer content) {
        byte[] bytes = new byte[content.remaining()];
        content.duplicate().get(bytes);
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            byte format = in.readByte();
            if (format != FORMAT) {
                throw malformed("has format " + format + ", not " + FORMAT, null);
            }
            byte tag = in.readByte();
            return switch (tag) {
                case HEARTBEAT -> {
                    long epoch = in.readLong();
                    Instant time = readInstant(in);
                    yield new WalMessage.Heartbeat(time, epoch, readLate(in));
                }
                case UPSERTED -> readChange(ChangeKind.UPSERTED, in, bytes);
                case DELETED -> readChange(ChangeKind.DELETED, in, bytes);
                default -> throw malformed("has tag " + tag, null);
            };
        } catch (IOException | AvroRuntimeException | IllegalArgumentException e) {
            throw malformed("of " + bytes.length + " bytes cannot be read", e);
        }
    }

    /** An earlier version of this program ended a heartbeat before it. */
    private static List<String> readLate(DataInputStream in) throws IOException {
        List<String> late = new ArrayList<>();
        if (in.available() > 0) {
            for (int left = in.readInt(); left > 0; left--) {
                late.add(in.readUTF());
            }
        }
        return late;
    }

    private void write(WalMessage.Change change, DataOutputStream out) throws IOException {
        EncodedContent content = change.content();
        out.writeByte(
                switch (change.kind()) {
                    case UPSERTED -> UPSERTED;
                    case DELETED -> DELETED;
                });
        out.writeLong(change.version().number());
        write(change.changedAt(), out);
        out.writeUTF(change.traceparent().orElse(""));
        out.writeLong(schemas.fingerprint(content.type()));
        ByteBuffer avro = content.avro();
        out.write(avro.array(), avro.arrayOffset() + avro.position(), avro.remaining());
    }

    private WalMessage.Change readChange(ChangeKind kind, DataInputStream in, byte[] bytes)
            throws IOException {
        Version version = new Version(in.readLong());
        Instant changedAt = readInstant(in);
        String traceparent = in.readUTF();
        EntityType type = schemas.type(in.readLong());
        return new WalMessage.Change(
                EncodedContent.read(type, bytes, bytes.length - in.available()),
                kind,
                version,
                changedAt,
                Optional.of(traceparent).filter(text -> !text.isEmpty()));
    }

    private static void write(Instant instant, DataOutputStream out) throws IOException {
        out.writeLong(instant.getEpochSecond());
        out.writeInt(instant.getNano());
    }

    private static Instant readInstant(DataInputStream in) throws IOException {
        long second = in.readLong();
        return Instant.ofEpochSecond(second, in.readInt());
    }

    private static UnderstudyException malformed(String what, @Nullable Throwable cause) {
        return new UnderstudyException(
                UnderstudyException.Severity.FATAL, "a message in the WAL " + what, cause);
    }
}
