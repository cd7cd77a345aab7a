package dev.understudy.schemas.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Values sort as PostgreSQL sorts them. */
final class ValueOrderTest {
    private static final List<String> TEXTS =
            List.of(
                    "",
                    "a",
                    "ab",
                    "b",
                    "Z",
                    "ä",
                    "\uD7FF",
                    "\uE000",
                    "\uFFEE",
                    "\uD83D\uDE00",
                    "a\uFFEE");

    @Test
    void textsSortByTheirBytes() {
        for (String one : TEXTS) {
            for (String other : TEXTS) {
                int bytes = Arrays.compareUnsigned(one.getBytes(UTF_8), other.getBytes(UTF_8));
                assertThat(Integer.signum(ValueOrder.compare(one, other)))
                        .as("%s and %s", one, other)
                        .isEqualTo(Integer.signum(bytes));
            }
        }
    }

    @Test
    void uuidsSortByTheirBytes() {
        UUID low = new UUID(1, -1);
        UUID high = new UUID(-1, 1);

        assertThat(ValueOrder.compare((Object) low, high)).isNegative();
        assertThat(ValueOrder.compare((Object) new UUID(1, 5), low)).isNegative();
    }

    @Test
    void zeroHasNoSign() {
        assertThat(ValueOrder.compare(0.0, -0.0)).isZero();
        assertThat(ValueOrder.compare(Double.NaN, Double.MAX_VALUE)).isPositive();
    }
}
