package dev.understudy.replicator;

import dev.understudy.replicator.breaker.Breaker;
import io.micronaut.health.HealthStatus;
import io.micronaut.management.health.indicator.AbstractHealthIndicator;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.streams.KafkaStreams;

/** Up while records flow: the stream runs, and the breaker is closed. */
@Singleton
final class ReplicatorHealth extends AbstractHealthIndicator<Map<String, Object>> {
    private final Replications replications;

    ReplicatorHealth(Replications replications) {
        this.replications = replications;
    }

    @Override
    public String getName() {
        return "replication";
    }

    @Override
    protected Map<String, Object> getHealthInformation() {
        Assembly assembly = replications.current();
        Map<String, Object> details = new LinkedHashMap<>();
        boolean streaming = describe(assembly.phase(), details);
        boolean closed = describe(assembly.breaker(), details);
        details.put("lagSeconds", assembly.lagSeconds());
        healthStatus = streaming && closed ? HealthStatus.UP : HealthStatus.DOWN;
        return details;
    }

    private static boolean describe(Phase phase, Map<String, Object> details) {
        return switch (phase) {
            case Phase.Waiting(String what, String why) -> {
                details.put("phase", "waiting for " + what);
                details.put("why", why);
                yield false;
            }
            case Phase.Streaming(KafkaStreams.State state) -> {
                details.put("phase", "streaming");
                details.put("streams", state.name());
                yield state == KafkaStreams.State.RUNNING
                        || state == KafkaStreams.State.REBALANCING;
            }
            case Phase.Stopped() -> {
                details.put("phase", "stopped");
                yield false;
            }
        };
    }

    private static boolean describe(Breaker.State breaker, Map<String, Object> details) {
        return switch (breaker) {
            case Breaker.Closed() -> {
                details.put("breaker", "closed");
                yield true;
            }
            case Breaker.Open open -> {
                details.put("breaker", "open");
                describe(open, details);
                yield false;
            }
            case Breaker.Trial(Breaker.Open outage, var _) -> {
                details.put("breaker", "half-open");
                describe(outage, details);
                yield false;
            }
        };
    }

    private static void describe(Breaker.Open outage, Map<String, Object> details) {
        details.put("waitingFor", outage.part().toString());
        details.put("message", outage.message());
        details.put("since", outage.since().toString());
    }
}
