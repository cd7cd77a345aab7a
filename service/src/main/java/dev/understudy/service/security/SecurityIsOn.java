package dev.understudy.service.security;

import io.micronaut.context.condition.Condition;
import io.micronaut.context.condition.ConditionContext;

/** Whether a key or a JWKS URL is configured. */
@SuppressWarnings("rawtypes") // As the framework declares it.
final class SecurityIsOn implements Condition {
    @Override
    public boolean matches(ConditionContext context) {
        return isGiven(context, SecurityConfiguration.KEY)
                || isGiven(context, SecurityConfiguration.JWKS_URL);
    }

    private static boolean isGiven(ConditionContext context, String property) {
        return !context.getProperty(property, String.class).orElse("").isBlank();
    }
}
