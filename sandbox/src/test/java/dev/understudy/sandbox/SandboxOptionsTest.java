package dev.understudy.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class SandboxOptionsTest {

    private final SandboxOptions defaults = SandboxOptions.defaults();

    @Test
    void everythingRunsOnFreePortsUnlessAskedOtherwise() {
        assertThat(defaults.parts()).containsExactlyInAnyOrder(SandboxPart.values());
        assertThat(defaults.basePort()).isZero();
        assertThat(SandboxPart.KAFKA.port(0)).isZero();
        assertThat(SandboxPart.KAFKA.internalPort(0)).isZero();
    }

    @Test
    void fixedPortsDoNotCollide() {
        assertThat(SandboxPart.US.port(18_080)).isEqualTo(18_080);
        Set<Integer> ports = new HashSet<>();
        for (SandboxPart part : SandboxPart.values()) {
            assertThat(ports.add(part.port(18_080))).isTrue();
        }
        assertThat(ports.add(SandboxPart.KAFKA.internalPort(18_080))).isTrue();
        assertThat(ports.add(SandboxPart.REGISTRY.internalPort(18_080))).isTrue();
        assertThat(ports).allMatch(port -> port < 18_089);
    }

    @Test
    void aServiceNeedsItsServers() {
        assertThatThrownBy(() -> defaults.withParts(EnumSet.of(SandboxPart.US)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("us needs");
    }

    @Test
    void aPlatformIsKeptByWhatIsSetLater() {
        Platform platform =
                new Platform(RunMode.CONTAINERS, PostgresVersion.POSTGRES_16, Purpose.MEASURED);
        assertThat(
                        defaults.withPlatform(platform)
                                .withBasePort(18_080)
                                .withSetting(SandboxPart.US, "A", "1")
                                .platform())
                .isEqualTo(platform);
    }

    @Test
    void settingsOfAPartAddUp() {
        SandboxOptions options =
                defaults.withSetting(SandboxPart.EUROPE, "A", "1")
                        .withSetting(SandboxPart.EUROPE, "B", "2")
                        .withSetting(SandboxPart.EUROPE, "A", "3");
        assertThat(options.settingsOf(SandboxPart.EUROPE))
                .containsEntry("A", "3")
                .containsEntry("B", "2");
        assertThat(options.settingsOf(SandboxPart.US)).isEmpty();
    }
}
