package dev.understudy.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.BindException;
import org.junit.jupiter.api.Test;

class StartReportTest {
    @Test
    void theCauseThatWasWrittenForAPersonIsShown() {
        Throwable failure =
                new IllegalStateException(
                        "Error instantiating bean",
                        new InvalidConfigurationException("understudy.x", "y", "a number\nor so"));

        assertThat(StartReport.of(failure))
                .hasToString(
                        "Cannot start [InvalidProperty]: understudy.x = 'y' cannot be used: it is"
                                + " a number");
    }

    @Test
    void aPortThatIsTakenHasACodeOfItsOwn() {
        Throwable failure = new IllegalStateException(new BindException("Address already in use"));

        assertThat(StartReport.of(failure).code()).isEqualTo(StartCode.PORT_UNAVAILABLE);
    }

    @Test
    void anyOtherFailureIsTheInnermostInOneLine() {
        Throwable failure =
                new IllegalStateException("outer", new IllegalArgumentException("inner\nmore"));

        assertThat(StartReport.of(failure)).hasToString("Cannot start [StartFailed]: inner");
    }
}
