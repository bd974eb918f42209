package dev.enclaveconsole.desktop.cli;

import dev.enclaveconsole.core.failure.ConsoleException;
import dev.enclaveconsole.core.failure.Problem;
import dev.enclaveconsole.core.host.doctor.Fix;
import dev.enclaveconsole.core.host.doctor.Treatment;
import dev.enclaveconsole.core.host.doctor.UndoRecord;
import java.io.Console;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Shows each fix with its commands and asks the person at the terminal, unless `--yes` was given.
final class TerminalApproval implements Treatment.Observer {
    private final String host;
    private final Output output;
    private final boolean yes;
    private final @Nullable Console terminal =
            Optional.ofNullable(System.console()).filter(Console::isTerminal).orElse(null);

    TerminalApproval(String host, Output output, boolean yes) {
        this.host = host;
        this.output = output;
        this.yes = yes;
    }

    /// @throws ConsoleException where nobody can be asked and `--yes` is not given
    void check() throws ConsoleException {
        if (!yes && terminal == null) {
            throw new ConsoleException(Problem.usage(
                    "host.fix-unconfirmed",
                    "Nobody can be asked here whether to run the commands.",
                    "",
                    "See them with --dry-run, and give --yes to run them."));
        }
    }

    @Override
    public boolean approve(Fix fix) {
        return ask(shown(fix));
    }

    @Override
    public boolean approve(UndoRecord record) {
        return ask(shown(record));
    }

    @Override
    public void printed(String line) {
        output.progress("  | " + line);
    }

    /// The commands as they will run, with those that take them back as comments.
    static String shown(Fix fix) {
        String undo = fix.undoScript()
                .lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> "#   " + line + "\n")
                .reduce("", String::concat);
        return "## " + fix.id() + ": " + fix.title() + "\n" + fix.script()
                + (undo.isEmpty() ? "" : "# taken back by:\n" + undo);
    }

    static String shown(UndoRecord record) {
        return "## take back " + record.id() + "\n" + record.script();
    }

    private boolean ask(String commands) {
        output.progress(commands);
        return yes
                || (terminal != null && "yes".equals(terminal.readLine("Run these commands on %s (yes/no)? ", host)));
    }
}
