package dev.enclaveconsole.desktop.shell;

import dev.enclaveconsole.core.Console;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import javafx.application.Platform;
import javafx.stage.Stage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Starts the toolkit and opens the window.
public final class ConsoleApp {
    private static final Logger LOG = LoggerFactory.getLogger(ConsoleApp.class);

    /// Opens the window and returns when the user has closed it and everything it started has ended.
    ///
    /// @param args `--exit` closes the window as soon as it has been drawn, for measuring and training
    /// @throws UnsupportedOperationException if there is no display
    public static void launch(Console core, String[] args) {
        CountDownLatch closed = new CountDownLatch(1);
        Platform.startup(() -> open(core, closed, Arrays.asList(args).contains("--exit")));
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Platform.exit();
    }

    private static void open(Console core, CountDownLatch closed, boolean exitAtOnce) {
        Thread.currentThread()
                .setUncaughtExceptionHandler((_, thrown) -> LOG.error("The window's thread met a bug", thrown));
        try {
            ConsoleWindow window = new ConsoleWindow(core, Platform::runLater);
            Stage stage = new Stage();
            stage.setOnHidden(_ -> Thread.ofPlatform().name("closing").start(() -> close(window, closed)));
            window.show(stage);
            if (exitAtOnce) {
                Platform.runLater(() -> Platform.runLater(stage::close));
            }
        } catch (RuntimeException e) {
            LOG.error("The window could not be built", e);
            closed.countDown();
        }
    }

    private static void close(ConsoleWindow window, CountDownLatch closed) {
        try {
            window.close();
        } catch (IOException | RuntimeException e) {
            LOG.warn("Not everything ended in order: {}", e.getMessage());
        } finally {
            closed.countDown();
        }
    }

    private ConsoleApp() {}
}
