package dev.understudy.instance.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.understudy.instance.write.Refusal;
import dev.understudy.instance.write.Refusal.Reason;
import org.junit.jupiter.api.Test;

final class ApiExceptionTest {
    @Test
    void rowTooLargeToPublishHasItsOwnCode() {
        ApiException refused = ApiException.of(new Refusal(Reason.TOO_LARGE, "shorten it"));

        assertThat(refused.code().status().getCode()).isEqualTo(413);
        assertThat(refused.code()).hasToString("TooLarge");
    }
}
