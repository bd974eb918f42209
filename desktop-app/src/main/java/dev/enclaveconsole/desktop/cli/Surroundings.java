package dev.enclaveconsole.desktop.cli;

import dev.enclaveconsole.core.settings.ConsoleFolders;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// What a terminal runs in: its two streams, the console's folders, and whoever presses Ctrl-C.
public final class Surroundings {
    private final PrintStream out;
    private final PrintStream err;
    private final ConsoleFolders folders;
    private final AtomicReference<@Nullable TerminalContext> running = new AtomicReference<>();
    private volatile boolean interrupted;

    public Surroundings(PrintStream out, PrintStream err, ConsoleFolders folders) {
        this.out = out;
        this.err = err;
        this.folders = folders;
    }

    /// Cancels the verb that runs, or the one that is about to. Returns at once; the verb then cleans up and ends.
    public void interrupt() {
        interrupted = true;
        TerminalContext context = running.get();
        if (context != null) {
            context.cancel();
        }
    }

    PrintStream err() {
        return err;
    }

    PrintWriter outWriter() {
        return new PrintWriter(out, true, out.charset());
    }

    PrintWriter errWriter() {
        return new PrintWriter(err, true, err.charset());
    }

    Output output(boolean json) {
        return new Output(out, err, json);
    }

    Session session(boolean json) {
        Output output = output(json);
        TerminalContext context = new TerminalContext(output);
        running.set(context);
        if (interrupted) {
            context.cancel();
        }
        return new Session(folders, output, context);
    }
}
