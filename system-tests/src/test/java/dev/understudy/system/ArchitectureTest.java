package dev.understudy.system;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The arrows of the module map, and where frameworks may be used. */
class ArchitectureTest {
    private static final String ROOT = "dev.understudy.";
    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages("dev.understudy");

    /** Module to the modules that it may depend on, itself not named. */
    private static final Map<String, Set<String>> ARROWS =
            Map.ofEntries(
                    Map.entry("schemas", Set.of()),
                    Map.entry("sandbox", Set.of()),
                    Map.entry("lob", Set.of()),
                    Map.entry("store", Set.of("schemas")),
                    Map.entry("service", Set.of("schemas")),
                    Map.entry("instance", Set.of("schemas", "store", "service")),
                    Map.entry("source", Set.of("schemas", "store", "service", "instance")),
                    Map.entry("target", Set.of("schemas", "store", "service", "instance")),
                    Map.entry("replicator", Set.of("schemas", "store", "service")),
                    // Of an instance only what is measured within its process.
                    Map.entry("benchmarks", Set.of("schemas", "store", "sandbox", "instance")),
                    // Nothing of what it judges.
                    Map.entry("chaos", Set.of("sandbox", "lob")),
                    // The store only for its comparison of owner and replica, and its guards.
                    Map.entry(
                            "cli",
                            Set.of("schemas", "sandbox", "lob", "benchmarks", "chaos", "store")));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "schemas",
                "sandbox",
                "lob",
                "store",
                "service",
                "instance",
                "source",
                "target",
                "replicator",
                "benchmarks",
                "chaos",
                "cli"
            })
    void aModuleDependsOnlyOnWhatTheMapAllows(String module) {
        assertThat(CLASSES.stream().filter(in(module))).as("classes of " + module).isNotEmpty();
        Set<String> allowed = ARROWS.getOrDefault(module, Set.of());
        String[] others =
                ARROWS.keySet().stream()
                        .filter(other -> !other.equals(module) && !allowed.contains(other))
                        .map(other -> ROOT + other + "..")
                        .toArray(String[]::new);

        noClasses()
                .that(in(module))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(others)
                .because("the module map is the architecture: " + module + " → " + allowed)
                .check(CLASSES);
    }

    @Test
    void librariesUseNoFramework() {
        noClasses()
                .that()
                .resideInAnyPackage(ROOT + "schemas..", ROOT + "store..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.micronaut..", "jakarta.inject..")
                .because("a producer, a consumer or another service must be able to use them alone")
                .check(CLASSES);
    }

    @Test
    void schemasKnowNoDatabase() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + "schemas..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.sql..", "javax.sql..", "org.postgresql..")
                .because("a producer or consumer of change events has no database of ours")
                .check(CLASSES);
    }

    @Test
    void theLineOfBusinessAppSpeaksOnlyHttp() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + "lob..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.sql..", "org.apache.kafka..", "org.postgresql..")
                .because("it stands for a customer's application outside both instances")
                .check(CLASSES);
    }

    @Test
    void everyPackageIsNullMarked() {
        classes()
                .that()
                .areTopLevelClasses()
                .and()
                .doNotHaveSimpleName("package-info")
                .should(
                        new com.tngtech.archunit.lang.ArchCondition<>(
                                "lie in a @NullMarked package") {
                            @Override
                            public void check(
                                    JavaClass type,
                                    com.tngtech.archunit.lang.ConditionEvents events) {
                                boolean marked =
                                        type.getPackage()
                                                .isAnnotatedWith(
                                                        org.jspecify.annotations.NullMarked.class);
                                if (!marked) {
                                    events.add(
                                            com.tngtech.archunit.lang.SimpleConditionEvent.violated(
                                                    type,
                                                    type.getPackageName() + " is not @NullMarked"));
                                }
                            }
                        })
                .because("NullAway checks only what is marked")
                .check(CLASSES);
    }

    private static DescribedPredicate<JavaClass> in(String module) {
        return JavaClass.Predicates.resideInAPackage(ROOT + module + "..");
    }
}
