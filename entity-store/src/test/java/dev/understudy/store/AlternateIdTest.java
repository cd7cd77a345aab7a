package dev.understudy.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.schemas.model.EntityKey;
import dev.understudy.schemas.model.EntityType;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

final class AlternateIdTest {
    private static final EntityType TYPE =
            EntityType.of(
                    new Schema.Parser()
                            .parse(
                                    """
                                    {"type": "record", "name": "Device", "namespace": "test.alternate", "entity.key": "id",
                                     "entity.alternateKeys": [["serial"]], "fields": [
                                      {"name": "id", "type": {"type": "string", "logicalType": "uuid"}},
                                      {"name": "serial", "type": "bytes"}
                                    ]}\
                                    """));

    @Test
    void bytesGiveAKeyOfTheirContent() {
        ByteBuffer one = ByteBuffer.wrap(new byte[] {1, 2});

        assertThat(key(one)).isPresent().isEqualTo(key(one.asReadOnlyBuffer()));
        assertThat(key(one)).isNotEqualTo(key(ByteBuffer.wrap(new byte[] {1, 3})));
    }

    private static Optional<EntityKey> key(ByteBuffer serial) {
        return new AlternateId(TYPE, TYPE.alternateKeys().getFirst(), List.of(serial))
                .provisionalKey(0);
    }
}
