package dev.understudy.cli.up;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class SandboxTableTest {
    @Test
    void placesAreAligned() {
        Map<String, String> places = new LinkedHashMap<>();
        places.put("us", "http://a");
        places.put("kafka", "b");
        assertThat(SandboxTable.lines(places)).isEqualTo("  us     http://a\n  kafka  b\n");
    }
}
