package dev.enclaveconsole.core.host.doctor;

import dev.enclaveconsole.core.failure.ConsoleException;
import dev.enclaveconsole.core.failure.Problem;
import dev.enclaveconsole.core.host.CommandResult;
import dev.enclaveconsole.core.host.RemoteShell;
import dev.enclaveconsole.core.operation.OperationContext;
import dev.enclaveconsole.core.operation.Progress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Makes fixes, and takes them back. What takes a fix back is kept on the host in `~/.enclave-console/doctor`, so any
/// console of that account can do it.
public final class Repair {
    private static final String FOLDER = "\"$HOME/.enclave-console/doctor\"";
    private static final Pattern RECORD = Pattern.compile("(?m)^##undo (\\d{8}-\\d{6}-\\d{3}-[a-z0-9-]+\\.sh)$");

    private final RemoteShell shell;

    public Repair(RemoteShell shell) {
        this.shell = shell;
    }

    /// Runs the fix's commands as they were shown; stops at the first that fails.
    ///
    /// @param onLine each line that the commands print
    /// @throws ConsoleException `host.sudo-password`, `host.sudo-missing`, `host.fix-failed`
    public void apply(Fix fix, HostFacts facts, Consumer<String> onLine, OperationContext context)
            throws ConsoleException {
        checkPrivilege(facts);
        String file = facts.stamp() + "-" + fix.id() + ".sh";
        String keep = "mkdir -p -m 700 " + FOLDER + " && cat >" + FOLDER + "/" + file + " <<'UNDO'\n" + fix.undoScript()
                + "UNDO";
        run(fix.title(), new Step("Keep what takes it back", keep), onLine, context);
        int done = 0;
        for (Step step : fix.steps()) {
            context.report(new Progress(step.says(), done++, fix.steps().size(), Progress.Unit.STEPS));
            run(fix.title(), step, onLine, context);
        }
    }

    /// Fixes that can be taken back, the latest first.
    public List<UndoRecord> undoable(OperationContext context) throws ConsoleException {
        String list = "cd " + FOLDER + " 2>/dev/null || exit 0; for f in *.sh; do [ -f \"$f\" ] || continue; "
                + "printf '\\n##undo %s\\n' \"$f\"; cat \"$f\"; done";
        String text = shell.run(List.of("sh", "-c", list), context).stdout();
        List<UndoRecord> records = new ArrayList<>();
        Matcher start = RECORD.matcher(text);
        boolean more = start.find();
        while (more) {
            String name = start.group(1);
            int from = Math.min(start.end() + 1, text.length());
            more = start.find();
            records.add(new UndoRecord(name, text.substring(from, more ? start.start() - 1 : text.length())));
        }
        records.sort(Comparator.comparing(UndoRecord::name).reversed());
        return records;
    }

    /// Runs the commands that take a fix back, then forgets it.
    ///
    /// @throws ConsoleException as [#apply]
    public void undo(UndoRecord made, HostFacts facts, Consumer<String> onLine, OperationContext context)
            throws ConsoleException {
        checkPrivilege(facts);
        String title = "Take back " + made.id();
        run(title, new Step(title, "set -e\n" + made.script()), onLine, context);
        run(title, new Step("Forget it", "rm -f " + FOLDER + "/" + made.name()), onLine, context);
    }

    private void run(String title, Step step, Consumer<String> onLine, OperationContext context)
            throws ConsoleException {
        context.checkCancelled();
        CommandResult result = shell.stream(List.of("sh", "-c", step.command()), onLine, context);
        result.stderr().lines().forEach(onLine);
        if (result.exitCode() != 0) {
            String said = result.stderr().strip();
            throw new ConsoleException(Problem.failed(
                    "host.fix-failed",
                    title + ": the step “" + step.says() + "” failed.",
                    said.isEmpty() ? "It ended with " + result.exitCode() + "." : tail(said),
                    "Run it on the host to see more: " + step.firstLine()));
        }
    }

    private static void checkPrivilege(HostFacts facts) throws ConsoleException {
        if (facts.sudoState().equals("password")) {
            throw new ConsoleException(Problem.failed(
                    "host.sudo-password",
                    "sudo asks " + facts.user() + " for a password on this host.",
                    "The console runs no command that waits for a password.",
                    "Run the shown commands there by hand, or let sudo do without: echo '" + facts.user()
                            + " ALL=(ALL) NOPASSWD:ALL' | sudo tee /etc/sudoers.d/90-" + facts.user()));
        }
        if (facts.sudoState().equals("none")) {
            throw new ConsoleException(Problem.failed(
                    "host.sudo-missing",
                    facts.user() + " is not root there, and there is no sudo.",
                    "",
                    "Log in as an administrator, or have one run the shown commands."));
        }
    }

    private static String tail(String text) {
        List<String> lines = text.lines().toList();
        return String.join(" ", lines.subList(Math.max(0, lines.size() - 4), lines.size()));
    }
}
