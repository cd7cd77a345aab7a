package dev.understudy.replicator.letters;

import java.util.Base64;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** A record's key and value in base64, as they came. */
public record LetterBytes(Optional<String> key, Optional<String> value) {
    static LetterBytes of(ConsumerRecord<byte[], byte[]> record) {
        return new LetterBytes(base64(record.key()), base64(record.value()));
    }

    private static Optional<String> base64(byte @Nullable [] bytes) {
        return Optional.ofNullable(bytes).map(Base64.getEncoder()::encodeToString);
    }
}
