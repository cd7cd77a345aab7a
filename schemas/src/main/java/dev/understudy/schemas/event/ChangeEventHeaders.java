package dev.understudy.schemas.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.understudy.schemas.model.EntityKey;
import dev.understudy.schemas.model.EntityType;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * The headers of a change event: CloudEvents 1.0, Kafka binding, binary mode, with {@code
 * ce_sequence} for the version and {@code ce_position} for the position.
 */
public final class ChangeEventHeaders {
    static final String CONTENT_TYPE = "application/avro";
    private static final String SOURCE = "ce_source";
    private static final String TYPE = "ce_type";
    private static final String SEQUENCE = "ce_sequence";
    private static final String POSITION = "ce_position";
    private static final String TIME = "ce_time";
    private static final String TRACEPARENT = "traceparent";
    private static final String SOURCE_PREFIX = "/understudy/";

    private ChangeEventHeaders() {}

    /** Adds the headers of an event; there must be none of them yet. */
    static void write(EntityType type, EntityKey key, ChangeMetadata metadata, Headers headers) {
        add(headers, "content-type", CONTENT_TYPE);
        add(headers, "ce_specversion", "1.0");
        add(headers, "ce_id", id(type, key, metadata.version()));
        add(headers, SOURCE, SOURCE_PREFIX + metadata.owner());
        add(headers, TYPE, type.fullName() + metadata.kind().suffix());
        add(headers, "ce_subject", key.text());
        add(headers, TIME, metadata.time().toString());
        add(headers, SEQUENCE, Long.toString(metadata.version().number()));
        add(headers, POSITION, metadata.position().text());
        metadata.traceparent().ifPresent(trace -> add(headers, TRACEPARENT, trace));
    }

    /**
     * Reads the headers of an event of this type.
     *
     * @throws MalformedHeadersException if one is missing or malformed
     */
    public static ChangeMetadata read(EntityType type, Headers headers) {
        @Nullable Header source = null;
        @Nullable Header kind = null;
        @Nullable Header sequence = null;
        @Nullable Header position = null;
        @Nullable Header time = null;
        @Nullable Header traceparent = null;
        for (Header header : headers) {
            switch (header.key()) {
                case SOURCE -> source = header;
                case TYPE -> kind = header;
                case SEQUENCE -> sequence = header;
                case POSITION -> position = header;
                case TIME -> time = header;
                case TRACEPARENT -> traceparent = header;
                default -> {}
            }
        }
        return new ChangeMetadata(
                parsed(SOURCE, source, ChangeEventHeaders::owner),
                parsed(TYPE, kind, text -> kind(type, text)),
                parsed(SEQUENCE, sequence, ChangeEventHeaders::version),
                parsed(POSITION, position, Position::parse),
                parsed(TIME, time, EventTime::parse),
                Optional.ofNullable(traceparent).map(ChangeEventHeaders::text));
    }

    /** Unique per owner; a change that is published again has the same. */
    private static String id(EntityType type, EntityKey key, Version version) {
        return type.fullName() + "/" + key.text() + "/" + version.number();
    }

    private static String owner(String source) {
        if (!source.startsWith(SOURCE_PREFIX)) {
            throw new IllegalArgumentException("a source starts with " + SOURCE_PREFIX);
        }
        return source.substring(SOURCE_PREFIX.length());
    }

    private static ChangeKind kind(EntityType type, String text) {
        for (ChangeKind kind : ChangeKind.values()) {
            int name = text.length() - kind.suffix().length();
            if (name == type.fullName().length()
                    && text.startsWith(type.fullName())
                    && text.endsWith(kind.suffix())) {
                return kind;
            }
        }
        throw new IllegalArgumentException("not a change of a " + type);
    }

    private static Version version(String text) {
        Version version = new Version(Long.parseLong(text));
        if (version.equals(Version.NONE)) {
            throw new IllegalArgumentException("a change has a version from 1 up");
        }
        return version;
    }

    private static <T> T parsed(String name, @Nullable Header header, Function<String, T> parse) {
        if (header == null || header.value() == null) {
            throw new MalformedHeadersException("header " + name + " is missing", null);
        }
        String text = text(header);
        try {
            return parse.apply(text);
        } catch (IllegalArgumentException | java.time.DateTimeException e) {
            throw new MalformedHeadersException(
                    "header %s is '%s': %s".formatted(name, text, e.getMessage()), e);
        }
    }

    private static void add(Headers headers, String name, String text) {
        headers.add(name, text.getBytes(UTF_8));
    }

    private static String text(Header header) {
        return new String(header.value(), UTF_8);
    }
}
