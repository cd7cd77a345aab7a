package dev.understudy.benchmarks.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.understudy.benchmarks.BenchCommand;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import picocli.CommandLine;

@Timeout(120)
final class StoreCommandIT {
    @Test
    void theLastLineOfAQuickRunHasTheRatiosAsJson() throws Exception {
        StringWriter out = new StringWriter();
        int code =
                new CommandLine(BenchCommand.class)
                        .setOut(new PrintWriter(out, true))
                        .execute("store", "--quick");
        assertThat(code).isZero();
        String last = out.toString().strip().lines().toList().getLast();
        JsonNode ratios = JsonMapper.builder().build().readTree(last);
        assertThat(ratios.fieldNames()).toIterable().containsExactly("1", "2", "write");
        assertThat(ratios.at("/1/insertSpeed").size()).isEqualTo(3);
        assertThat(ratios.at("/write/roundTripsMissing"))
                .isEqualTo(ratios.at("/write/roundTripsPresent"));
        assertThat(ratios.at("/2/missingServerCpu/1").isNumber()).isTrue();
    }
}
