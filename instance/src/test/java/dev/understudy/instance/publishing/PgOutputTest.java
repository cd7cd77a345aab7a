package dev.understudy.instance.publishing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.understudy.schemas.UnderstudyException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

final class PgOutputTest {
    @Test
    void beginHasTheLsnOfItsCommit() {
        assertThat(parse("42 000000160B374D84 0000000000000001 00000007"))
                .isEqualTo(
                        new PgOutput.Begin(
                                0x16_0B37_4D84L, Instant.parse("2000-01-01T00:00:00.000001Z"), 7));
    }

    @Test
    void commitHasTheEndToConfirm() {
        assertThat(parse("43 00 0000000000000010 0000000000000020 00000000000F4240"))
                .isEqualTo(new PgOutput.Commit(0x10, 0x20, Instant.parse("2000-01-01T00:00:01Z")));
    }

    @Test
    void messageHasPrefixAndContent() {
        PgOutput message = parse("4D 01 0000000000000030 70C3A900 00000003 010203");

        assertThat(message)
                .isEqualTo(
                        new PgOutput.Message(
                                true, 0x30, "pé", ByteBuffer.wrap(new byte[] {1, 2, 3})));
    }

    @Test
    void messageOutsideATransactionIsTold() {
        PgOutput message = parse("4D 00 0000000000000030 00 00000000");

        assertThat(message)
                .isEqualTo(new PgOutput.Message(false, 0x30, "", ByteBuffer.allocate(0)));
    }

    @Test
    void otherMessagesAreNotRead() {
        assertThat(PgOutput.parse(ByteBuffer.wrap("Rwhatever".getBytes(UTF_8))))
                .isEqualTo(new PgOutput.Other('R'));
    }

    @Test
    void cutShortIsAFault() {
        assertThatThrownBy(() -> parse("42 0000000000000030"))
                .isInstanceOf(UnderstudyException.class);
        assertThatThrownBy(() -> parse("4D 01 0000000000000030 7070"))
                .isInstanceOf(UnderstudyException.class);
        assertThatThrownBy(() -> parse("4D 01 0000000000000030 00 00000004 010203"))
                .isInstanceOf(UnderstudyException.class);
    }

    private static PgOutput parse(String hex) {
        return PgOutput.parse(ByteBuffer.wrap(HexFormat.of().parseHex(hex.replace(" ", ""))));
    }
}
