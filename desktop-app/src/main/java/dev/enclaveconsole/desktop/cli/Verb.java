package dev.enclaveconsole.desktop.cli;

import dev.enclaveconsole.core.failure.ConsoleException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// One command of the terminal. It answers once through [Output] and returns an exit code; failures are thrown.
abstract class Verb implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    protected abstract int run(Session session) throws ConsoleException;

    @Override
    public final Integer call() throws ConsoleException {
        ConsoleCommand root = (ConsoleCommand) spec.root().userObject();
        try (Session session = root.surroundings().session(root.json())) {
            session.context().checkCancelled();
            return run(session);
        }
    }
}
