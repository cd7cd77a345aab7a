package dev.understudy.benchmarks.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class ClientsTest {
    private final Set<Integer> written = ConcurrentHashMap.newKeySet();

    @Test
    void everyWriteHasANumberOfItsOwn() throws Exception {
        Load load = new Clients(3, () -> this::write).closed(Duration.ofMillis(20));

        assertThat(load.rows()).isEqualTo(written.size());
        assertThat(written).contains(0).allMatch(number -> number < load.rows());
    }

    @Test
    void aPauseIsInTheLatencyOfAllThatWereDueMeanwhile() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        Load load =
                new Clients(
                                1,
                                () ->
                                        number -> {
                                            Client.Write write = write(number);
                                            return () -> {
                                                boolean _ =
                                                        number == 0
                                                                && never.await(
                                                                        300, TimeUnit.MILLISECONDS);
                                                return write.run();
                                            };
                                        })
                        .paced(100, Duration.ofMillis(200));

        assertThat(load.rows()).isEqualTo(20);
        assertThat(load.latency().max()).isGreaterThan(250);
        assertThat(load.latency().p50()).isGreaterThan(100);
    }

    @Test
    void whatFailsEndsTheLoad() {
        Client.Maker failing =
                () ->
                        _ ->
                                () -> {
                                    throw new IllegalStateException("refused");
                                };

        assertThatThrownBy(() -> new Clients(2, failing).closed(Duration.ofSeconds(30)))
                .hasMessageContaining("refused");
    }

    private Client.Write write(int number) {
        return () -> {
            written.add(number);
            return 1;
        };
    }
}
