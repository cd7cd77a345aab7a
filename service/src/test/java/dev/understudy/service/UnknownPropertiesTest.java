package dev.understudy.service;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micronaut.context.ApplicationContext;
import io.micronaut.context.env.PropertySource;
import java.util.Iterator;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class UnknownPropertiesTest {
    private record Variable(String variable) implements PropertySource {
        @Override
        public String getName() {
            return "variables";
        }

        @Override
        public @Nullable Object get(String key) {
            return key.equals(variable) ? "x" : null;
        }

        @Override
        public Iterator<String> iterator() {
            return Set.of(variable).iterator();
        }

        @Override
        public PropertyConvention getConvention() {
            return PropertyConvention.ENVIRONMENT_VARIABLE;
        }
    }

    @Test
    void theCommandLinesTokenMayBeExported() {
        assertThatCode(() -> check("UNDERSTUDY_TOKEN")).doesNotThrowAnyException();
        assertThatThrownBy(() -> check("UNDERSTUDY_TOKENS"))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("UNDERSTUDY_TOKENS is not known");
    }

    private static void check(String variable) {
        try (ApplicationContext context =
                ApplicationContext.builder()
                        .environmentPropertySource(false)
                        .propertySources(new Variable(variable))
                        .build()) {
            new UnknownProperties(KnownProperties.sharedAnd())
                    .check(context.getEnvironment().start());
        }
    }
}
