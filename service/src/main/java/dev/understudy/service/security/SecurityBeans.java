package dev.understudy.service.security;

import dev.understudy.service.Settings;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Factory;

/** Security, as a service is configured; checked when it starts. */
@Factory
final class SecurityBeans {
    @Context
    SecurityConfiguration security(Settings settings) {
        return SecurityConfiguration.of(settings);
    }
}
