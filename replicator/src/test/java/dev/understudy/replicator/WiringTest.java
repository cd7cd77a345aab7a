package dev.understudy.replicator;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.understudy.replicator.configuration.DatabaseConfiguration;
import org.junit.jupiter.api.Test;

class WiringTest {
    @Test
    void theServerEndsWhatADeadHostHasLeft() {
        DatabaseConfiguration away =
                new DatabaseConfiguration("jdbc:postgresql://127.0.0.1:1/crm", "u", "", 1);
        try (HikariDataSource pool = Wiring.dataSourceOf(away)) {
            assertThat(pool.getDataSourceProperties().getProperty("options"))
                    .contains(
                            "-c statement_timeout=",
                            "-c idle_in_transaction_session_timeout=",
                            "-c tcp_keepalives_idle=",
                            "-c tcp_keepalives_interval=",
                            "-c tcp_keepalives_count=");
        }
    }
}
