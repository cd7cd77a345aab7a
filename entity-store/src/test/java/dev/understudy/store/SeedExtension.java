package dev.understudy.store;

import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestWatcher;

/** What {@link Seeded} does. */
final class SeedExtension implements ParameterResolver, TestWatcher {
    private static final long SEED =
            Optional.ofNullable(System.getProperty("test.seed"))
                    .map(Long::parseLong)
                    .orElseGet(System::nanoTime);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == long.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return SEED;
    }

    @Override
    public void testFailed(ExtensionContext context, Throwable cause) {
        System.err.printf(
                "%s failed; repeat it with -Dtest.seed=%d%n", context.getDisplayName(), SEED);
    }
}
