package dev.enclaveconsole.desktop.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The rules of docs/architecture.md: which module may use which, and what stays where.
class HouseRulesTest {
    private static final String HOUSE = "dev.enclaveconsole.";

    /// A module's package and the packages of other modules that it may use.
    private static final Map<String, List<String>> ALLOWED = Map.of(
            "protocol", List.of(),
            "server", List.of("protocol"),
            "agent", List.of("protocol"),
            "sandbox", List.of("protocol", "agent"),
            "core", List.of("protocol"),
            "desktop", List.of("core", "protocol", "sandbox"));

    private static final List<String> FOLDERS =
            List.of("protocol", "enclave-server", "parent-agent", "sandbox", "console-core", "desktop-app");

    private static final DescribedPredicate<JavaClass> A_MAIN_CLASS = describe(
            "a main class",
            c -> c.getMethods().stream()
                    .anyMatch(m -> m.getName().equals("main")
                            && m.getModifiers().contains(JavaModifier.STATIC)
                            && m.getRawParameterTypes().size() == 1));

    private static JavaClasses house;

    @BeforeAll
    static void readTheHouse() {
        List<Path> folders = new ArrayList<>();
        for (String folder : FOLDERS) {
            folders.add(Path.of("..", folder, "target", "classes"));
        }
        house = new ClassFileImporter().importPaths(folders);
    }

    @Test
    void seesEveryModule() {
        for (String module : ALLOWED.keySet()) {
            assertThat(house).as(module).anyMatch(c -> c.getPackageName().startsWith(HOUSE + module));
        }
    }

    @Test
    void modulesUseOnlyTheModulesTheyMay() {
        ALLOWED.forEach((module, allowed) -> {
            String[] forbidden = ALLOWED.keySet().stream()
                    .filter(other -> !other.equals(module) && !allowed.contains(other))
                    .map(other -> HOUSE + other + "..")
                    .toArray(String[]::new);
            noClasses()
                    .that()
                    .resideInAPackage(HOUSE + module + "..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(forbidden)
                    .check(house);
        });
    }

    @Test
    void javafxStaysInTheWindow() {
        noClasses()
                .that(not(resideInAnyPackage(HOUSE + "desktop..")))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("javafx..", "atlantafx..", "org.kordamp..")
                .check(house);
    }

    @Test
    void terminalStartsWithoutJavafx() {
        noClasses()
                .that()
                .resideInAPackage(HOUSE + "desktop.cli..")
                .or()
                .haveFullyQualifiedName(HOUSE + "desktop.Main")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("javafx..", "atlantafx..", "org.kordamp..")
                .check(house);
    }

    @Test
    void onlyTheTerminalAndMainClassesPrint() {
        noClasses()
                .that(not(resideInAnyPackage(HOUSE + "desktop.cli..")))
                .and(not(A_MAIN_CLASS))
                .should(ACCESS_STANDARD_STREAMS)
                .check(house);
    }

    @Test
    void awtServesOnlyToDecodeImages() {
        noClasses()
                .that(not(resideInAnyPackage(HOUSE + "server.predict..")))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.awt..", "javax.swing..", "javax.imageio..")
                .check(house);
    }

    @Test
    void protocolHasNoSocketsAndNoThreads() {
        noClasses()
                .that()
                .resideInAPackage(HOUSE + "protocol..")
                .should()
                .dependOnClassesThat()
                .haveNameMatching("java\\.(net\\..*Socket|nio\\.channels\\..*Socket.*|net\\.http\\..*|lang\\.Thread.*"
                        + "|util\\.concurrent\\..*Execut.*)")
                .check(house);
    }

    @Test
    void featuresDoNotUseEachOtherInCircles() {
        slices().matching("dev.enclaveconsole.(*).(*)..")
                .should()
                .beFreeOfCycles()
                .check(house);
    }

    @Test
    void nobodyUsesMocksOrServiceLocators() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.mockito..", "lombok..", "java.util.logging..")
                .check(house);
    }

    @Test
    void everyPackageIsNullMarked() {
        assertThat(house.stream()
                        .map(JavaClass::getPackage)
                        .distinct()
                        .filter(p -> !p.isAnnotatedWith("org.jspecify.annotations.NullMarked")))
                .as("packages without @NullMarked")
                .filteredOn(p -> p.getName().startsWith(HOUSE))
                .isEmpty();
    }
}
