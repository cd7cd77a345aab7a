package dev.understudy.instance.hydration;

import dev.understudy.service.KafkaConfiguration;
import java.time.Duration;

/**
 * What asking and answering are told.
 *
 * @param instance the name of this instance
 * @param replicationFactor of the topics that it makes
 * @param requestsPerSecond that it sends at most
 * @param delay a placeholder is asked for when it has waited for so long
 */
record HydrationSettings(
        String instance,
        KafkaConfiguration kafka,
        short replicationFactor,
        int requestsPerSecond,
        Duration delay) {}
