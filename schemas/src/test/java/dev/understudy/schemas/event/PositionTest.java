package dev.understudy.schemas.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PositionTest {
    @Test
    void theTextIsPostgresOwn() {
        Position position = new Position(3, 0x16_B374_D848L);

        assertThat(position.text()).isEqualTo("3:16/B374D848");
        assertThat(Position.parse("3:16/B374D848")).isEqualTo(position);
    }

    @Test
    void epochComesBeforeLsnAndLsnsAreUnsigned() {
        assertThat(new Position(1, -1)).isLessThan(new Position(2, 0));
        assertThat(new Position(1, Long.MAX_VALUE)).isLessThan(new Position(1, Long.MIN_VALUE));
        assertThat(Position.parse(new Position(1, -1).text())).isEqualTo(new Position(1, -1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1",
                "1:",
                "1:0",
                "-1:0/0",
                "1:0/123456789",
                "1:g/0",
                " 1:0/0",
                "1:/0",
                "1/0:0",
                "A:0/0",
                "1:0/a"
            })
    void anythingElseIsRefused(String text) {
        assertThatThrownBy(() -> Position.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
