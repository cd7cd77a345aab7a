package dev.understudy.replicator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.understudy.service.DatabaseConfiguration;
import dev.understudy.service.EntitiesConfiguration;
import dev.understudy.service.StartException;
import java.util.List;
import org.junit.jupiter.api.Test;

class WiringTest {
    @Test
    void theServerEndsWhatADeadHostHasLeft() {
        DatabaseConfiguration away =
                new DatabaseConfiguration("jdbc:postgresql://127.0.0.1:1/crm", "u", "", 1, 250);
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

    @Test
    void aCatalogWithNothingToReplicateIsRefused() {
        EntitiesConfiguration entities =
                new EntitiesConfiguration(
                        "us",
                        List.of("us.contoso.crm.Account", "us.contoso.crm.Contact"),
                        List.of("classpath:contoso"));

        assertThatThrownBy(() -> Wiring.replicated(entities))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("understudy.catalog");
    }
}
