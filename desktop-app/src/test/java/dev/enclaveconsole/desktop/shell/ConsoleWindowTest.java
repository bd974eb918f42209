package dev.enclaveconsole.desktop.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.enclaveconsole.core.benchmark.Plot;
import dev.enclaveconsole.core.failure.Problem;
import dev.enclaveconsole.core.host.HostKeyDecider;
import dev.enclaveconsole.core.settings.Preferences.Theme;
import dev.enclaveconsole.desktop.host.HostDialogs;
import dev.enclaveconsole.desktop.ui.Failure;
import dev.enclaveconsole.desktop.ui.PlotCanvas;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javafx.scene.Node;
import javafx.scene.control.Labeled;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One window for all tests; each leaves it on some page, without a dialog.
final class ConsoleWindowTest {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final List<String> PAGES = List.of("overview", "host", "enclave", "trust", "predict");

    @TempDir
    private static Path home;

    private static Window window;

    @BeforeAll
    static void open() {
        window = Window.open(home, Optional.empty());
    }

    @AfterAll
    static void close() throws IOException {
        if (window != null) {
            window.close();
        }
    }

    @AfterEach
    void leaveNothingOpen() {
        Window.onFx(() -> {
            if (window.content().dialogs().isOpen()) {
                window.content().dialogs().close();
            }
            window.content().app().background().failures().clear();
            return true;
        });
    }

    @Test
    void everyFocusableNodeOnEveryPageHasAName() {
        for (String page : PAGES) {
            List<String> nameless = Window.onFx(() -> {
                window.content().navigator().show(page);
                window.stage().getScene().getRoot().applyCss();
                window.stage().getScene().getRoot().layout();
                return Accessibility.nameless(window.stage().getScene().getRoot());
            });
            assertThat(nameless).as(page).isEmpty();
        }
    }

    @Test
    void goesToPagesByKeyboard() {
        window.robot().press(KeyCode.CONTROL, KeyCode.DIGIT2).release(KeyCode.DIGIT2, KeyCode.CONTROL);
        window.await("host page", SOON, () -> window.find("#hosts").isPresent());
        window.robot().press(KeyCode.CONTROL, KeyCode.DIGIT1).release(KeyCode.DIGIT1, KeyCode.CONTROL);
        window.await("overview", SOON, () -> window.find("#start-sandbox").isPresent());
    }

    @Test
    void findsAnActionByPartOfItsName() {
        window.robot().press(KeyCode.CONTROL, KeyCode.K).release(KeyCode.K, KeyCode.CONTROL);
        window.await("palette", SOON, () -> window.find("#palette-query").isPresent());
        window.await(
                "focus", SOON, () -> window.find("#palette-query").orElseThrow().isFocused());
        window.robot().write("go enclaves").type(KeyCode.ENTER);
        window.await("enclaves page", SOON, () -> window.find("#enclaves").isPresent());
        assertThat(window.content().dialogs().isOpen()).isFalse();
    }

    @Test
    void showsShortcutsOnF1AndClosesThemOnEscape() {
        window.robot().type(KeyCode.F1);
        window.await("cheat sheet", SOON, () -> window.content().dialogs().isOpen());
        assertThat(Window.onFx(
                        () -> Accessibility.nameless(window.content().dialogs().pane())))
                .isEmpty();
        window.robot().type(KeyCode.ESCAPE);
        window.await("closed", SOON, () -> !window.content().dialogs().isOpen());
    }

    @Test
    void addsAHostWithoutTheMouse() {
        window.robot().press(KeyCode.CONTROL, KeyCode.N).release(KeyCode.N, KeyCode.CONTROL);
        window.await(
                "form",
                SOON,
                () -> window.find("#host-name").filter(Node::isFocused).isPresent());
        assertThat(Window.onFx(
                        () -> Accessibility.nameless(window.content().dialogs().pane())))
                .isEmpty();
        window.robot().write("parent").type(KeyCode.TAB).write("203.0.113.7").type(KeyCode.ENTER);
        window.await(
                "stored",
                SOON,
                () -> Window.onFx(() -> window.content().app().workspace().hosts().stream()
                        .anyMatch(h -> h.target().equals("ec2-user@203.0.113.7"))));
    }

    @Test
    void showsAFailureAsACardThatCanBeDismissed() {
        Failure failure = new Failure.Expected(Problem.failed("test.broken", "It broke.", "Because.", "Mend it."));
        Window.onFx(() -> {
            window.content().app().background().showFailure(failure);
            return true;
        });
        window.await("card", SOON, () -> window.find(".failure-card").isPresent());
        assertThat(texts(".failure-card .label")).contains("It broke.", "Because.", "Mend it.", "test.broken");
        window.click(".failure-card .button");
        window.await("gone", SOON, () -> window.find(".failure-card").isEmpty());
    }

    @Test
    void cancelsWhatRunsFromTheStatusBar() {
        Window.onFx(() -> window.content()
                .app()
                .background()
                .start(
                        "test",
                        "Waiting for ever",
                        context -> {
                            var latch = new java.util.concurrent.CountDownLatch(1);
                            try (var _ = context.onCancel(latch::countDown)) {
                                latch.await();
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                            context.checkCancelled();
                            return true;
                        },
                        _ -> {}));
        window.click("#cancel");
        window.await(
                "ended",
                SOON,
                () -> Window.onFx(
                        () -> window.content().app().background().running().isEmpty()));
        assertThat(window.content().app().background().history().getFirst().title())
                .isEqualTo("Waiting for ever");
    }

    @Test
    void refusesADropWithoutAnEnclaveAndGoesOn() throws IOException {
        window.click("#nav-predict");
        window.await("drop zone", SOON, () -> window.find("#drop-zone").isPresent());
        window.drop(Files.writeString(home.resolve("notes.txt"), "notes"), "#drop-zone");
        window.await("refusal", SOON, () -> window.find(".failure-card").isPresent());
        window.click("#nav-enclave");
        window.click("#action-enclave-go-to-host");
        window.await("host page", SOON, () -> window.find("#hosts").isPresent());
        window.click("#nav-overview");
        window.await("overview", SOON, () -> window.find("#start-sandbox").isPresent());
    }

    @Test
    void asksBeforeItTrustsAHostKey() throws Exception {
        HostDialogs dialogs = new HostDialogs(window.content().dialogs());
        var question = new HostKeyDecider.Question(
                "parent:22",
                "ssh-ed25519",
                "SHA256:nThbg6kXUpJWGl7E1IGOCspRomTxdCARLviKw6E5SY8",
                "+--[ED25519 256]--+\n" + "|  ..o+.          |\n".repeat(9) + "+----[SHA256]-----+");
        var answer = Window.onFx(() -> dialogs.trustHostKey(question));
        window.await(
                "question",
                SOON,
                () -> window.find("#compare").filter(Node::isFocused).isPresent());
        assertThat(Window.onFx(
                        () -> Accessibility.nameless(window.content().dialogs().pane())))
                .isEmpty();
        window.robot().write("SHA256:wrong");
        window.await("difference", SOON, () -> texts(".danger-text").stream().anyMatch(t -> t.contains("differ")));
        window.picture(Path.of("target/screenshots/host-key.png"));
        window.click("#dialog-confirm");
        assertThat(answer).as("a key that differs cannot be trusted").isNotDone();
        window.click("#dialog-cancel");
        assertThat(answer.get(10, TimeUnit.SECONDS)).isFalse();
    }

    @Test
    void drawsAChartTwiceAsLargeForTheFile() {
        Plot plot = new Plot(
                "Latency", "", new Plot.Axis("t", "s"), new Plot.Axis("ms", "ms"), Optional.empty(), List.of());
        var picture = Window.onFx(() -> {
            PlotCanvas canvas = new PlotCanvas();
            canvas.resize(400, 200);
            canvas.show(plot);
            return canvas.picture(2);
        });
        assertThat(picture.getWidth()).isEqualTo(800);
        assertThat(picture.getHeight()).isEqualTo(400);
    }

    @Test
    void remembersTheChosenTheme() {
        Window.onFx(() -> {
            window.content().themes().chosenProperty().set(Theme.LIGHT);
            return true;
        });
        window.robot().press(KeyCode.CONTROL, KeyCode.T).release(KeyCode.T, KeyCode.CONTROL);
        window.await("dark", SOON, () -> window.content().themes().isDark());
        window.await(
                "stored",
                SOON,
                () -> window.content().app().core().preferences().load().theme() == Theme.DARK);
    }

    private static List<String> texts(String query) {
        return Window.onFx(
                () -> window.robot().from(window.stage().getScene().getRoot()).lookup(query).queryAll().stream()
                        .filter(n -> n instanceof Labeled)
                        .map(n -> ((Labeled) n).getText())
                        .toList());
    }
}
