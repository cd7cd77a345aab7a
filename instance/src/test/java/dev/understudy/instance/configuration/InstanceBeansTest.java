package dev.understudy.instance.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.understudy.schemas.model.OnMissing;
import dev.understudy.service.DatabaseConfiguration;
import dev.understudy.service.EntitiesConfiguration;
import java.util.List;
import org.junit.jupiter.api.Test;

class InstanceBeansTest {
    @Test
    void theServerEndsWhatADeadHostHasLeft() {
        DatabaseConfiguration away =
                new DatabaseConfiguration("jdbc:postgresql://127.0.0.1:1/crm", "u", "", 1, 250);
        InstanceConfiguration configuration =
                new InstanceConfiguration(
                        new EntitiesConfiguration(
                                "us",
                                List.of("us.contoso.crm.Account"),
                                List.of("classpath:contoso")),
                        OnMissing.PLACEHOLDER);
        try (HikariDataSource pool = new InstanceBeans().dataSource(away, configuration)) {
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
