package dev.understudy.schemas.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyTypeTest {
    @Test
    void aKeyHasOneText() {
        assertThat(KeyType.UUID.parse("7F1B2C3D-0000-4000-8000-00000000000A").text())
                .isEqualTo("7f1b2c3d-0000-4000-8000-00000000000a");
        assertThat(KeyType.LONG.parse("-42").text()).isEqualTo("-42");
        assertThat(KeyType.STRING.parse("O'Neil/1,2)").text()).isEqualTo("O'Neil/1,2)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1-2-3-4-5",
                "",
                "7f1b2c3d000040008000-00000000000a",
                "7f1b2c3d0-000-4000-8000-00000000000a",
                "zz1b2c3d-0000-4000-8000-00000000000a",
                "+f1b2c3d-0000-4000-8000-00000000000a",
                "7f1b2c3d--000-4000-8000-00000000000a"
            })
    void aMalformedUuidIsRefused(String text) {
        assertThatThrownBy(() -> KeyType.UUID.parse(text))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aMalformedLongOrStringIsRefused() {
        assertThatThrownBy(() -> KeyType.LONG.parse("+42"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> KeyType.LONG.parse("042"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> KeyType.LONG.parse("1e3"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> KeyType.STRING.parse(""))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> KeyType.STRING.parse("a\0b"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
