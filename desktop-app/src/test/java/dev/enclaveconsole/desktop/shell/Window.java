package dev.enclaveconsole.desktop.shell;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.enclaveconsole.core.Console;
import dev.enclaveconsole.core.operation.OperationRunner;
import dev.enclaveconsole.core.settings.ConsoleFolders;
import dev.enclaveconsole.desktop.ui.Failure;
import dev.enclaveconsole.desktop.ui.Png;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.function.BooleanSupplier;
import javafx.application.Platform;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.stage.Stage;
import org.testfx.api.FxRobot;

/// The real window on a real display, with folders of its own; one at a time.
public final class Window implements AutoCloseable {
    private static boolean toolkitRuns;

    private final ConsoleWindow content;
    private final Stage stage;
    private final FxRobot robot = new FxRobot();

    private Window(ConsoleWindow content, Stage stage) {
        this.content = content;
        this.stage = stage;
    }

    /// Skips the test if there is no display.
    public static Window open(Path home, Optional<Path> installation) {
        assumeTrue(System.getenv("DISPLAY") != null, "needs a display: run it under xvfb-run");
        startToolkit();
        Console core = new Console(ConsoleFolders.under(home, installation), OperationRunner.onVirtualThreads());
        return onFx(() -> {
            ConsoleWindow content = new ConsoleWindow(core, Platform::runLater);
            Stage stage = new Stage();
            content.show(stage);
            return new Window(content, stage);
        });
    }

    private static synchronized void startToolkit() {
        if (!toolkitRuns) {
            CountDownLatch started = new CountDownLatch(1);
            Platform.setImplicitExit(false);
            Platform.startup(started::countDown);
            try {
                started.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            toolkitRuns = true;
        }
    }

    public static <T> T onFx(Callable<T> call) {
        FutureTask<T> task = new FutureTask<>(call);
        Platform.runLater(task);
        try {
            return task.get();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    public ConsoleWindow content() {
        return content;
    }

    public Stage stage() {
        return stage;
    }

    public FxRobot robot() {
        return robot;
    }

    /// Clicks the node once it is there, visible and enabled.
    public void click(String query) {
        await(
                query,
                Duration.ofSeconds(20),
                () -> find(query).filter(n -> !n.isDisabled()).isPresent());
        Bounds before = null;
        Bounds now = place(query);
        while (!now.equals(before)) {
            pause();
            before = now;
            now = place(query);
        }
        robot.clickOn(find(query).orElseThrow());
    }

    /// A real drag with the mouse, out of a little window of its own.
    public void drop(Path file, String query) {
        try (DragSource source = DragSource.of(file)) {
            robot.drag(source.handle()).dropTo(find(query).orElseThrow());
            await("end of the drag", Duration.ofSeconds(10), source::ended);
        }
        // Without a window manager nobody gives the focus back.
        onFx(() -> {
            stage.requestFocus();
            return true;
        });
    }

    private Bounds place(String query) {
        Node node = find(query).orElseThrow();
        return onFx(() -> node.localToScreen(node.getBoundsInLocal()));
    }

    public Optional<Node> find(String query) {
        return onFx(() -> robot.from(stage.getScene().getRoot()).lookup(query).queryAll().stream()
                .filter(n -> n.isVisible() && n.getScene() != null && shownUpTo(n))
                .findFirst());
    }

    private static boolean shownUpTo(Node node) {
        for (Node n = node; n != null; n = n.getParent()) {
            if (!n.isVisible()) {
                return false;
            }
        }
        return true;
    }

    /// @throws AssertionError if it does not come true in time; names the failures that are on the screen
    public void await(String what, Duration atMost, BooleanSupplier condition) {
        long end = System.nanoTime() + atMost.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                picture(Path.of("target/screenshots/failed.png"));
                throw new AssertionError("waited " + atMost.toSeconds() + " s for: " + what + "; on the screen: "
                        + onFx(() -> content.app().background().failures().stream()
                                .map(Failure::sentence)
                                .toList()));
            }
            pause();
        }
    }

    /// Writes what the window shows.
    public void picture(Path file) {
        byte[] png = onFx(() -> Png.encode(stage.getScene().snapshot(null)));
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.write(file, png);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(80);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws IOException {
        onFx(() -> {
            stage.hide();
            return true;
        });
        content.close();
    }
}
