package dev.enclaveconsole.desktop.cli;

import dev.enclaveconsole.core.Console;
import dev.enclaveconsole.core.failure.ConsoleException;
import dev.enclaveconsole.core.host.HostProbe;
import dev.enclaveconsole.core.host.HostSession;
import dev.enclaveconsole.core.host.HostStore;
import dev.enclaveconsole.core.operation.OperationRunner;
import dev.enclaveconsole.core.settings.ConsoleFolders;
import java.util.ArrayDeque;
import java.util.Deque;

/// One verb's work: the console, where its answer goes, and what has to be closed at its end, last opened first.
final class Session implements AutoCloseable {
    private final Console console;
    private final Output output;
    private final TerminalContext context;
    private final Deque<Runnable> closers = new ArrayDeque<>();
    private boolean sandboxIsOurs;

    Session(ConsoleFolders folders, Output output, TerminalContext context) {
        this.console = new Console(folders, OperationRunner.onCallersThread());
        this.output = output;
        this.context = context;
        closers.push(console::close);
    }

    Console console() {
        return console;
    }

    Output output() {
        return output;
    }

    TerminalContext context() {
        return context;
    }

    /// Runs `action` when the verb ends, however it ends.
    void atEnd(Runnable action) {
        closers.push(action);
    }

    /// A connection to a stored host, or to the sandbox, which is started for the length of the call if none runs.
    HostSession connect(String hostName) throws ConsoleException {
        HostSession host;
        if (hostName.equalsIgnoreCase(HostStore.SANDBOX)) {
            host = Sandboxes.connect(this);
        } else {
            TerminalQuestions questions = new TerminalQuestions(output);
            host = console.connect(console.hosts().require(hostName), questions, questions, context);
        }
        atEnd(host::close);
        return host;
    }

    /// Tries the way to a stored host, or to the sandbox, step by step; the result has to be closed.
    HostProbe probe(String hostName) throws ConsoleException {
        if (hostName.equalsIgnoreCase(HostStore.SANDBOX)) {
            return Sandboxes.probe(this);
        }
        TerminalQuestions questions = new TerminalQuestions(output);
        return console.probe(console.hosts().require(hostName), questions, questions, context);
    }

    /// The sandbox was started for this verb and ends with it, with all its enclaves.
    void keepsSandbox() {
        sandboxIsOurs = true;
    }

    boolean sandboxIsOurs() {
        return sandboxIsOurs;
    }

    @Override
    public void close() {
        closers.forEach(Runnable::run);
        closers.clear();
    }
}
