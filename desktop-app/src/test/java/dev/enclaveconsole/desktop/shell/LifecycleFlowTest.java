package dev.enclaveconsole.desktop.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.enclaveconsole.core.enclave.EnclaveInfo;
import dev.enclaveconsole.core.enclave.LaunchRequest;
import dev.enclaveconsole.core.settings.ConsoleFolders;
import dev.enclaveconsole.core.settings.Preferences.Theme;
import dev.enclaveconsole.desktop.ui.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Labeled;
import javafx.scene.control.Spinner;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/// Several enclaves on the sandbox, in the real window at its smallest: the calculator, debug mode, an enclave that
/// vanishes, what is left of it. Leaves pictures in `target/screenshots`.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class LifecycleFlowTest {
    private static final Duration PATIENT = Duration.ofMinutes(2);
    private static final Path SCREENSHOTS = Path.of("target/screenshots");

    @TempDir
    private static Path home;

    private static Window window;

    @BeforeAll
    static void open() throws IOException {
        String folder = System.getProperty(ConsoleFolders.INSTALLATION_PROPERTY, "target/console");
        Path installation = Path.of(folder).toAbsolutePath();
        assumeTrue(
                Files.exists(installation.resolve("images/demo.eif")),
                "no console has been assembled in " + installation);
        window = Window.open(home, Optional.of(installation));
        Window.onFx(() -> {
            window.stage().setWidth(1000);
            window.stage().setHeight(700);
            window.content().themes().chosenProperty().set(Theme.LIGHT);
            return true;
        });
        window.click("#start-sandbox");
        window.await(
                "connection to the sandbox",
                PATIENT,
                () -> window.content().app().workspace().session().isPresent());
        window.click("#nav-enclave");
    }

    @AfterAll
    static void close() throws IOException {
        if (window != null) {
            window.close();
        }
    }

    @Test
    @Order(1)
    void tellsWhatALaunchTakesAndWhatWouldFitBeforeItIsPressed() throws Exception {
        window.click("#action-enclave-run");
        window.await("calculator", PATIENT, () -> calculator().contains("Takes 2048 MiB"));
        pictures("launch");
        Window.onFx(() -> {
            Spinner<?> memory = (Spinner<?>) window.stage().getScene().lookup("#launch-memory");
            memory.getEditor().setText("999998");
            memory.commitValue();
            return true;
        });
        window.await("refusal", PATIENT, () -> calculator().contains("E27"));
        pictures("launch-refused");
        window.click("#dialog-confirm");
        assertThat(window.find("#launch-calculator")).as("stays open").isPresent();
        window.click("#launch-take-fit");
        window.await("what fits", PATIENT, () -> calculator().contains("The host can give this"));
        window.click("#dialog-cancel");
    }

    @Test
    @Order(2)
    void showsSeveralEnclavesAndSaysLoudlyWhichIsInDebugMode() throws Exception {
        launch("first", false);
        assertThat(window.find("#debug-banner")).isEmpty();
        launch("second", true);
        window.await("banner", PATIENT, () -> window.find("#debug-banner").isPresent());
        window.click("#action-enclave-console");
        window.await(
                "lines",
                PATIENT,
                () -> Window.onFx(
                        () -> window.content().enclaves().console().text().contains("ready on")));
        pictures("enclaves-debug");
        Window.onFx(() -> {
            window.content().enclaves().closeConsole();
            return true;
        });
    }

    @Test
    @Order(3)
    void noticesByItselfThatAnEnclaveIsGoneAndWhy() throws Exception {
        EnclaveInfo second = named("second").orElseThrow();
        kill(second);
        window.await("gone", PATIENT, () -> Window.onFx(() -> named("second").isEmpty()));
        window.await("card", PATIENT, () -> !failures().isEmpty());
        assertThat(failures().getFirst()).contains("second is gone").contains("saved console");
        pictures("enclave-vanished");
        Window.onFx(() -> {
            window.content().app().background().failures().clear();
            return true;
        });
    }

    @Test
    @Order(4)
    void readsTheConsoleOfAnEnclaveThatIsGone() throws Exception {
        window.click("#action-enclave-saved");
        window.await(
                "past enclaves", PATIENT, () -> window.find("#saved-enclaves").isPresent());
        pictures("past-enclaves");
        window.click("#saved-enclaves .button");
        window.await(
                "saved lines",
                PATIENT,
                () -> Window.onFx(
                        () -> window.content().enclaves().console().text().contains("ready on")));
        Window.onFx(() -> {
            window.content().enclaves().closeConsole();
            return true;
        });
    }

    @Test
    @Order(5)
    void terminatesAllAfterShowingTheCommand() {
        window.click("#action-enclave-terminate-all");
        window.await("command", PATIENT, () -> window.find("#command-preview").isPresent());
        window.click("#dialog-confirm");
        window.await(
                "end",
                PATIENT,
                () -> Window.onFx(
                        () -> window.content().app().workspace().enclaves().isEmpty()));
        assertThat(failures()).isEmpty();
    }

    private static void launch(String name, boolean debug) {
        Window.onFx(() -> {
            window.content().enclaves().run(new LaunchRequest("demo", Optional.of(name), 2, 1024, debug), _ -> {});
            return true;
        });
        window.await(name, PATIENT, () -> Window.onFx(() -> named(name).isPresent()));
    }

    private static Optional<EnclaveInfo> named(String name) {
        return window.content().app().workspace().enclaves().stream()
                .filter(enclave -> enclave.name().equals(name))
                .findFirst();
    }

    private static void kill(EnclaveInfo enclave) {
        String mark = "enclave-" + enclave.cid() + " ";
        ProcessHandle.current()
                .descendants()
                .filter(process -> process.info().commandLine().orElse("").contains(mark))
                .forEach(process -> process.descendants().forEach(ProcessHandle::destroyForcibly));
    }

    private static List<String> failures() {
        return Window.onFx(() -> window.content().app().background().failures().stream()
                .map(Failure::sentence)
                .toList());
    }

    private static String calculator() {
        return Window.onFx(() -> {
            Node box = window.stage().getScene().lookup("#launch-calculator");
            return box == null
                    ? ""
                    : ((Parent) box)
                            .getChildrenUnmodifiable().stream()
                                    .filter(Labeled.class::isInstance)
                                    .map(label -> ((Labeled) label).getText())
                                    .reduce("", (a, b) -> a + "\n" + b);
        });
    }

    private static void pictures(String name) throws InterruptedException {
        for (Theme theme : List.of(Theme.DARK, Theme.LIGHT)) {
            Window.onFx(() -> {
                window.content().themes().chosenProperty().set(theme);
                return true;
            });
            Thread.sleep(700);
            assertThat(Window.onFx(() ->
                            Accessibility.nameless(window.stage().getScene().getRoot())))
                    .as(name)
                    .isEmpty();
            window.picture(SCREENSHOTS.resolve(name + (theme == Theme.DARK ? "-dark" : "") + ".png"));
        }
    }
}
