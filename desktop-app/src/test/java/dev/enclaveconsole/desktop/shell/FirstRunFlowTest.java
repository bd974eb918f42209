package dev.enclaveconsole.desktop.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.enclaveconsole.core.enclave.LaunchRequest;
import dev.enclaveconsole.core.predict.PredictEntry;
import dev.enclaveconsole.core.settings.ConsoleFolders;
import dev.enclaveconsole.core.settings.Preferences.Theme;
import dev.enclaveconsole.core.trust.Attestation;
import dev.enclaveconsole.desktop.predict.PredictItem;
import dev.enclaveconsole.desktop.ui.ParentHost;
import dev.enclaveconsole.protocol.attestation.StepId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/// What a new user does on the first day, in the real window, with the real sandbox: connect, launch, read the verdict,
/// drop an image, read the answer. Leaves pictures in `target/screenshots`.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class FirstRunFlowTest {
    private static final Duration SOON = Duration.ofSeconds(20);
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
        Files.createDirectories(SCREENSHOTS);
        window = Window.open(home, Optional.of(installation));
    }

    @AfterAll
    static void close() throws IOException {
        if (window != null) {
            window.close();
        }
    }

    @Test
    @Order(1)
    void oneButtonStartsTheSandboxAndConnects() throws IOException {
        picture("first-run");
        window.click("#start-sandbox");
        window.await(
                "connection to the sandbox",
                PATIENT,
                () -> window.content().app().workspace().session().isPresent());
        assertThat(window.content().app().background().failures()).isEmpty();
    }

    @Test
    @Order(2)
    void showsTheCommandBeforeItLaunchesTheEnclave() throws IOException {
        window.click("#overview-ENCLAVE-0");
        window.await("command", SOON, () -> window.find("#command-preview").isPresent());
        assertThat(text("#command-preview")).contains("nitro-cli").contains("run-enclave");
        picture("run-dialog");
        window.click("#dialog-confirm");
        window.await(
                "enclave",
                PATIENT,
                () -> window.content().app().workspace().enclave().isPresent());
        window.await("verdict", PATIENT, () -> attestation().isPresent());
    }

    @Test
    @Order(3)
    void saysUntrustedAndWhy() throws IOException {
        window.click("#nav-trust");
        window.await(
                "steps", SOON, () -> window.find("#step-" + StepId.ROOT.name()).isPresent());
        assertThat(attestation().orElseThrow().verdict().trusted()).isFalse();
        assertThat(text("#verdict-chip")).isEqualTo("UNTRUSTED");
        assertThat(text("#verdict-banner .banner-title")).isEqualTo("UNTRUSTED");
        assertThat(text("#verdict-banner .banner-reason")).isNotBlank();
        assertThat(window.find("#verdict-banner").orElseThrow().getStyleClass()).doesNotContain("banner-success");
        for (StepId step : StepId.values()) {
            assertThat(Window.onFx(() -> window.stage().getScene().lookup("#step-" + step.name())))
                    .as(step.name())
                    .isNotNull();
        }
        picture("trust");
        saveAndReverify();
        pictureOf("enclave", "enclaves");
        pictureOf("host", "host");
    }

    @Test
    @Order(4)
    void answersADroppedImage() throws IOException {
        window.click("#nav-predict");
        window.await("drop zone", SOON, () -> window.find("#drop-zone").isPresent());
        window.drop(image(), "#drop-zone");
        window.await("answer", PATIENT, () -> answered() == 1);
        PredictEntry entry = window.content().predict().history().getFirst();
        assertThat(entry.problem()).isEmpty();
        assertThat(entry.top()).hasSize(5);
        assertThat(entry.timings()).isPresent();
        window.await("bars", SOON, () -> window.find("#result .score-best").isPresent());
        picture("first-answer");
    }

    @Test
    @Order(5)
    void tellsABadFileApartAndGoesOn() throws IOException {
        Path fake = Files.writeString(home.resolve("notes.jpg"), "this is no image");
        window.drop(fake, "#drop-zone");
        window.await(
                "error",
                SOON,
                () -> Window.onFx(() -> window.content().predict().items().stream()
                        .anyMatch(i -> i.stateProperty().get() instanceof PredictItem.State.Failed)));
        picture("bad-file");
        window.drop(image(), "#drop-zone");
        window.await("next answer", PATIENT, () -> answered() == 2);
    }

    @Test
    @Order(6)
    void chartsARepeatedRun() throws IOException {
        window.click("#action-predict-repeat");
        window.await("history", PATIENT, () -> answered() >= 52);
        window.await(
                "chart",
                SOON,
                () -> window.find("#chart")
                        .map(Node::getAccessibleText)
                        .orElse("")
                        .contains("p50"));
        assertThat(window.find("#chart").orElseThrow().getAccessibleText()).contains("UNTRUSTED");
        picture("predict");
        resize(1000, 700);
        picture("predict-small");
        pictureOf("trust", "trust-small");
        pictureOf("host", "host-small");
        pictureOf("enclave", "enclaves-small");
        pictureOf("overview", "overview-small");
        resize(1280, 800);
        Window.onFx(() -> {
            window.content().themes().chosenProperty().set(Theme.DARK);
            return true;
        });
        pictureOf("predict", "predict-dark");
        pictureOf("trust", "trust-dark");
        pictureOf("overview", "overview-dark");
    }

    @Test
    @Order(7)
    void terminatesTheEnclaveAfterShowingTheCommand() {
        window.click("#nav-enclave");
        window.click("#action-enclave-terminate");
        window.await("command", SOON, () -> window.find("#command-preview").isPresent());
        assertThat(text("#command-preview")).contains("terminate-enclave");
        window.click("#dialog-confirm");
        window.await(
                "end",
                PATIENT,
                () -> Window.onFx(
                        () -> window.content().app().workspace().enclaves().isEmpty()));
        assertThat(text("#verdict-chip")).isEqualTo("not verified");
    }

    @Test
    @Order(8)
    void readsTheConsoleOfADebugEnclave() throws IOException {
        Window.onFx(() -> {
            window.content().themes().chosenProperty().set(Theme.LIGHT);
            window.content().enclaves().run(new LaunchRequest("demo", Optional.of("debugged"), 2, 2048, true), _ -> {});
            return true;
        });
        window.await(
                "debug enclave",
                PATIENT,
                () -> window.content().app().workspace().enclave().isPresent());
        window.click("#action-enclave-console");
        window.await(
                "lines",
                PATIENT,
                () -> Window.onFx(
                        () -> window.content().enclaves().console().text().contains("ready on")));
        picture("console");
        Window.onFx(() -> {
            window.content().enclaves().closeConsole();
            return true;
        });
    }

    @Test
    @Order(9)
    void stopsAtAHostKeyThatIsNotWhatItWas() throws IOException {
        ParentHost sandbox = window.content().app().workspace().hostProperty().get();
        Path otherKey = Files.writeString(
                home.resolve("known_hosts"),
                "[127.0.0.1]:" + sandbox.entry().port()
                        + " ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl\n");
        Window.onFx(() -> {
            window.content().navigator().show("host");
            window.content().hosts().connect(new ParentHost(sandbox.entry(), Optional.of(otherKey)));
            return true;
        });
        window.await("alarm", SOON, () -> window.find("#key-alarm").isPresent());
        assertThat(window.content().app().workspace().session()).isEmpty();
        picture("key-alarm");
        window.click("#action-host-dismiss-alarm");
        window.await("read", SOON, () -> window.find("#key-alarm").isEmpty());
    }

    private static void saveAndReverify() throws IOException {
        Path file = home.resolve("verdict.json");
        Window.onFx(() -> {
            window.content().trust().saveTo(attestation().orElseThrow(), file);
            return true;
        });
        window.await("saved verdict", SOON, () -> Files.exists(file) && idle());
        Window.onFx(() -> {
            window.content().trust().reverify(file);
            return true;
        });
        window.await(
                "verdict from the file",
                SOON,
                () -> window.find("#file-verdict").isPresent());
        assertThat(window.content().trust().fromFileProperty().get().genuine()).isTrue();
        picture("trust-file");
        window.click("#action-trust-close-file");
        window.await("live verdict", SOON, () -> window.find("#file-verdict").isEmpty());
    }

    private static boolean idle() {
        return Window.onFx(() -> window.content().app().background().running().isEmpty());
    }

    private static Optional<Attestation> attestation() {
        return Optional.ofNullable(
                window.content().app().workspace().attestationProperty().get());
    }

    private static long answered() {
        return Window.onFx(() -> (long) window.content().predict().history().size());
    }

    private static Path image() {
        Path shared = Path.of("../../shared/data/images/cat_kitten.jpg");
        return Files.exists(shared) ? shared : Path.of("../assets/samples/chelsea.jpg");
    }

    private static String text(String query) {
        Node node = window.find(query).orElseThrow(() -> new AssertionError("not on the screen: " + query));
        return node instanceof Label label ? label.getText() : ((Labeled) node).getText();
    }

    private static void resize(double width, double height) {
        Window.onFx(() -> {
            window.stage().setWidth(width);
            window.stage().setHeight(height);
            return true;
        });
    }

    private static void pictureOf(String page, String name) throws IOException {
        Window.onFx(() -> {
            window.content().navigator().show(page);
            return true;
        });
        picture(name);
    }

    private static void picture(String name) throws IOException {
        try {
            Thread.sleep(600);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        assertThat(Window.onFx(
                        () -> Accessibility.nameless(window.stage().getScene().getRoot())))
                .as(name)
                .isEmpty();
        window.picture(SCREENSHOTS.resolve(name + ".png"));
    }
}
