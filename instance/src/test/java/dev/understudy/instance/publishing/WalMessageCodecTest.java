package dev.understudy.instance.publishing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.understudy.schemas.UnderstudyException;
import dev.understudy.schemas.codec.EncodedContent;
import dev.understudy.schemas.event.ChangeKind;
import dev.understudy.schemas.event.Version;
import dev.understudy.schemas.model.EntityContent;
import dev.understudy.schemas.model.EntityKey;
import dev.understudy.schemas.model.EntityType;
import dev.understudy.schemas.model.SchemaFiles;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

final class WalMessageCodecTest {
    private static final EntityType ACCOUNT =
            EntityType.of(
                    new SchemaFiles(List.of("classpath:contoso")).schema("contoso.crm.Account"));
    private static final EntityKey KEY = new EntityKey.OfUuid(new UUID(1, 2));
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00.123456789Z");

    private final WalSchemas schemas = WalSchemas.of(List.of(ACCOUNT));
    private final WalMessageCodec codec = new WalMessageCodec(schemas);

    @Test
    void upsertComesBackAsItWas() {
        assertThat(roundTrip(account(Optional.of("00-trace"))))
                .isEqualTo(account(Optional.of("00-trace")));
        assertThat(roundTrip(account(Optional.empty()))).isEqualTo(account(Optional.empty()));
    }

    @Test
    void deletionNeedsOnlyTheKey() {
        WalMessage.Change deletion =
                new WalMessage.Change(
                        EncodedContent.of(EntityContent.ofKey(ACCOUNT, KEY)),
                        ChangeKind.DELETED,
                        new Version(3),
                        NOON,
                        Optional.empty());

        WalMessage.Change read = (WalMessage.Change) roundTrip(deletion);

        assertThat(read.kind()).isEqualTo(ChangeKind.DELETED);
        assertThat(read.version()).isEqualTo(new Version(3));
        assertThat(read.content().key()).isEqualTo(KEY);
    }

    @Test
    void heartbeatComesBackAsItWas() {
        WalMessage heartbeat = new WalMessage.Heartbeat(NOON, 7, List.of("a.B", "c.D"));

        assertThat(roundTrip(heartbeat)).isEqualTo(heartbeat);
    }

    @Test
    void fingerprintTellsSchemasApartThatAvroDoesNot() {
        Schema other =
                new Schema.Parser()
                        .parse(ACCOUNT.schema().toString().replace("\"scale\":2", "\"scale\":3"));

        assertThat(schemas.fingerprint(EntityType.of(other)))
                .isNotEqualTo(schemas.fingerprint(ACCOUNT));
    }

    @Test
    void otherBytesAreRefused() {
        assertThatThrownBy(() -> codec.decode(ByteBuffer.wrap(new byte[] {9, 'u'})))
                .isInstanceOf(UnderstudyException.class)
                .hasMessageContaining("format 9");
        assertThatThrownBy(() -> codec.decode(ByteBuffer.wrap(new byte[] {1, 'u', 0})))
                .isInstanceOf(UnderstudyException.class);
    }

    private WalMessage roundTrip(WalMessage message) {
        return codec.decode(ByteBuffer.wrap(codec.encode(message)));
    }

    private static WalMessage.Change account(Optional<String> traceparent) {
        EntityContent content =
                EntityContent.ofKey(ACCOUNT, KEY)
                        .with(ACCOUNT.field("accountNumber").orElseThrow(), "A-1")
                        .with(ACCOUNT.field("name").orElseThrow(), "Contoso")
                        .with(ACCOUNT.field("annualRevenue").orElseThrow(), new BigDecimal("12.50"))
                        .with(ACCOUNT.field("creditOnHold").orElseThrow(), true)
                        .with(
                                ACCOUNT.field("createdOn").orElseThrow(),
                                Instant.parse("2026-01-02T03:04:05.000006Z"));
        return new WalMessage.Change(
                EncodedContent.of(content), ChangeKind.UPSERTED, new Version(2), NOON, traceparent);
    }
}
