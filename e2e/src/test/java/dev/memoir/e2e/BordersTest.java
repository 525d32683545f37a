package dev.memoir.e2e;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The borders between modules, held on the classes as they were built. */
class BordersTest {
    /** The last one measures the others, so it may look into them; nobody may look into it. */
    private static final List<String> PROGRAMS =
            List.of("api", "postprocessor", "ai", "custodian", "runner", "cli", "bench");

    private static final List<String> LIBRARIES = List.of(
            "media",
            "identity",
            "tls",
            "gateway",
            "events",
            "store",
            "people",
            "house",
            "vectors",
            "catalog",
            "imaging",
            "sidecars",
            "models",
            "serving",
            "parts");

    private static JavaClasses memoir;

    @BeforeAll
    static void readTheBuiltModules() throws IOException {
        try (Stream<Path> paths = Files.walk(Ran.CHECKOUT, 4)) {
            List<Path> built =
                    paths.filter(path -> path.endsWith("target/classes")).toList();
            memoir = new ClassFileImporter().importPaths(built);
        }
        for (String module :
                Stream.concat(PROGRAMS.stream(), LIBRARIES.stream()).toList()) {
            assertTrue(
                    memoir.stream().anyMatch(c -> c.getPackageName().startsWith("dev.memoir." + module)),
                    "module " + module + " is not built: mvn verify builds all");
        }
    }

    private static String inside(String module) {
        return "dev.memoir." + module + "..";
    }

    private static String[] except(List<String> modules, String one) {
        return modules.stream()
                .filter(m -> !m.equals(one))
                .map(BordersTest::inside)
                .toArray(String[]::new);
    }

    @ParameterizedTest
    @ValueSource(strings = {"api", "postprocessor", "ai", "custodian", "runner", "cli"})
    void programsDoNotDependOnEachOther(String program) {
        noClasses()
                .that()
                .resideInAPackage(inside(program))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(except(PROGRAMS, program))
                .check(memoir);
    }

    @ParameterizedTest
    @FieldSource("LIBRARIES")
    void librariesDependOnNoProgram(String library) {
        noClasses()
                .that()
                .resideInAPackage(inside(library))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(except(PROGRAMS, ""))
                .check(memoir);
    }

    @Test
    void theWordsOfThePhotoDomainDependOnNothingButJava() {
        classes()
                .that()
                .resideInAPackage(inside("media"))
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", inside("media"))
                .check(memoir);
    }

    /** From values to values: what they give depends on what they get, and on nothing else. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "dev.memoir.media..",
                "dev.memoir.people..",
                "dev.memoir.gateway..",
                "dev.memoir.ai.picture..",
                "dev.memoir.operator.desired.."
            })
    void thePureCoreHasNoClockNoFileAndNoNetwork(String pure) {
        noClasses()
                .that()
                .resideInAPackage(pure)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.net..", "java.nio.file..", "java.sql..")
                .orShould()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Clock.class)
                .check(memoir);
    }

    /** What a gateway before them is told says no more than that either. */
    @Test
    void theOperatorKnowsOfMemoirsProgramsOnlyWhatTheirEnvironmentSays() {
        noClasses()
                .that()
                .resideInAPackage(inside("operator"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(except(
                        Stream.concat(PROGRAMS.stream(), LIBRARIES.stream()).toList(), "gateway"))
                .check(memoir);
    }

    @Test
    void whatIsDesiredIsMadeWithoutAClientAndKnowsNothingOfReconciling() {
        noClasses()
                .that()
                .resideInAnyPackage("dev.memoir.operator.desired..", "dev.memoir.operator.api..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.memoir.operator.reconcile..",
                        "io.javaoperatorsdk..",
                        "io.quarkus..",
                        "io.fabric8.kubernetes.client.dsl..",
                        "java.util.random..")
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(io.fabric8.kubernetes.client.KubernetesClient.class)
                .check(memoir);
    }

    @Test
    void pictureCodeKnowsNeitherStoreNorCatalogNorEvents() {
        noClasses()
                .that()
                .resideInAPackage(inside("imaging"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        inside("store"), inside("catalog"), inside("events"), inside("serving"), "io.quarkus..")
                .check(memoir);
    }

    @Test
    void librariesDoNotKnowTheServer() {
        noClasses()
                .that()
                .resideInAnyPackage(except(LIBRARIES, "serving"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.quarkus..", "io.vertx..", "jakarta..")
                .check(memoir);
    }

    @Test
    void theRunnerIsNoQuarkusApplication() {
        noClasses()
                .that()
                .resideInAPackage(inside("runner"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.quarkus..", "jakarta..")
                .check(memoir);
    }

    @Test
    void namesSayWhatAThingIs() {
        noClasses()
                .that()
                .doNotHaveSimpleName("PageInfo") // Relay's cursor connections specification says so
                .should()
                .haveNameMatching(".*(Manager|Helper|Utils?|Impl|Info)")
                .check(memoir);
    }
}
