package dev.enclaveconsole.desktop;

import dev.enclaveconsole.core.Console;
import dev.enclaveconsole.core.operation.OperationRunner;
import dev.enclaveconsole.core.settings.ConsoleFolders;
import dev.enclaveconsole.desktop.cli.ExitCode;
import dev.enclaveconsole.desktop.cli.Surroundings;
import dev.enclaveconsole.desktop.cli.Terminal;
import dev.enclaveconsole.desktop.shell.ConsoleApp;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Opens the window, or with arguments runs the terminal. The terminal's way loads no class of JavaFX.
public final class Main {
    private static final Set<String> WINDOW_OPTIONS = Set.of("--exit");
    private static final long CLEANUP_SECONDS = 20;

    public static void main(String[] args) {
        System.setProperty("enclave.console.log", logLevel(args));
        if (WINDOW_OPTIONS.containsAll(List.of(args))) {
            window(args);
        } else {
            terminal(args);
        }
    }

    private static void window(String[] args) {
        try (Console console = new Console(ConsoleFolders.ofThisUser(), OperationRunner.onVirtualThreads())) {
            ConsoleApp.launch(console, args);
        } catch (UnsupportedOperationException e) {
            System.err.println("The window cannot open: " + e.getMessage());
            System.err.println("In a terminal, this shows the whole path: console demo");
            System.exit(ExitCode.USAGE);
        }
        System.exit(ExitCode.DONE);
    }

    private static void terminal(String[] args) {
        Surroundings surroundings = new Surroundings(System.out, System.err, ConsoleFolders.ofThisUser());
        CountDownLatch ended = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> endCleanly(surroundings, ended), "ctrl-c"));
        int exitCode;
        try {
            exitCode = new Terminal(surroundings).run(args);
        } finally {
            ended.countDown();
        }
        System.exit(exitCode);
    }

    private static void endCleanly(Surroundings surroundings, CountDownLatch ended) {
        if (ended.getCount() == 0) {
            return;
        }
        surroundings.interrupt();
        try {
            ended.await(CLEANUP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String logLevel(String[] args) {
        boolean verbose = Arrays.stream(args).anyMatch(a -> a.equals("-v") || a.equals("--verbose"));
        boolean window = WINDOW_OPTIONS.containsAll(List.of(args));
        return verbose ? "INFO" : window ? "WARN" : "OFF";
    }

    private Main() {}
}
