package dev.understudy.schemas.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventTimeTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-21T10:00:00Z",
                "2026-11-21T23:59:59.1Z",
                "2026-11-21T10:00:00.123456Z",
                "2026-11-21T10:00:00.000000001Z",
                "0001-01-01T00:00:00.5Z",
                "1969-12-31T23:59:59.999Z",
                "2024-02-29T12:30:45.120Z",
                "2026-11-21T24:00:00Z",
                "+12026-11-21T10:00:00Z",
                "-0001-11-21T10:00:00Z",
                "2026-11-21T10:00:00+01:00",
                "2016-12-31T23:59:60Z",
                "2026-11-21t10:00:00z"
            })
    void everyMomentIsAsTheStandardLibraryReadsIt(String text) {
        assertThat(EventTime.parse(text)).isEqualTo(Instant.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "yesterday",
                "2026-02-29T10:00:00Z",
                "2026-13-01T10:00:00Z",
                "2026-11-21T10:60:00Z",
                "2026-11-21T25:00:00Z",
                "2026-11-21 10:00:00Z",
                "2026-11-21T10:00:00.1234567891Z",
                "2026-11-21T10:00:00.12x456Z",
                "2026-11-21T10:00:00,5Z"
            })
    void nothingElseIsAMoment(String text) {
        assertThatThrownBy(() -> EventTime.parse(text)).isInstanceOf(DateTimeException.class);
    }
}
