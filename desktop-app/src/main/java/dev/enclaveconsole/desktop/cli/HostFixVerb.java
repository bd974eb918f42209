package dev.enclaveconsole.desktop.cli;

import dev.enclaveconsole.core.failure.ConsoleException;
import dev.enclaveconsole.core.failure.Problem;
import dev.enclaveconsole.core.host.HostSession;
import dev.enclaveconsole.core.host.doctor.Diagnosis;
import dev.enclaveconsole.core.host.doctor.Doctor;
import dev.enclaveconsole.core.host.doctor.Fix;
import dev.enclaveconsole.core.host.doctor.Repair;
import dev.enclaveconsole.core.host.doctor.Treatment;
import dev.enclaveconsole.core.host.doctor.UndoRecord;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `host fix`
@Command(
        name = "fix",
        description = "Puts right what the doctor found, with commands that are shown first; or takes it back.")
final class HostFixVerb extends Verb {
    @Parameters(index = "0", paramLabel = "NAME", description = "A host of the list, or sandbox.")
    private String name;

    @Parameters(index = "1..*", paramLabel = "ID", description = "Findings to put right, see: console host doctor NAME")
    private List<String> ids = List.of();

    @Option(names = "--all", description = "Everything that can be put right (or taken back).")
    private boolean all;

    @Option(names = "--dry-run", description = "Show the commands and run none.")
    private boolean dryRun;

    @Option(names = "--yes", description = "Do not ask before each fix.")
    private boolean yes;

    @Option(names = "--undo", description = "Take back what was done, the latest first.")
    private boolean undo;

    @Mixin
    private WishOptions wish;

    @Override
    protected int run(Session session) throws ConsoleException {
        if (all == !ids.isEmpty()) {
            throw new ConsoleException(Problem.usage(
                    "host.fix-what",
                    "It is not clear what to fix.",
                    "",
                    "Name findings, or --all; see: console host doctor " + name));
        }
        TerminalApproval approval = new TerminalApproval(name, session.output(), yes);
        if (!dryRun) {
            approval.check();
        }
        HostSession host = session.connect(name);
        if (dryRun) {
            return undo ? showUndo(session, host) : showFixes(session, host);
        }
        Treatment treatment = new Treatment(host, Clock.systemUTC(), _ -> session.connect(name), approval);
        Treatment.Result result =
                undo ? treatment.undo(ids, session.context()) : treatment.apply(ids, wish.wish(), session.context());
        answer(session, result);
        boolean open = result.after().fixes().stream().anyMatch(fix -> all || ids.contains(fix.id()));
        return undo || !open ? ExitCode.DONE : ExitCode.FAILED;
    }

    private void answer(Session session, Treatment.Result result) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put(undo ? "undone" : "fixed", result.made());
        document.put("declined", result.declined());
        document.putAll(DiagnosisView.document(name, result.after()));
        String nothing = undo ? "There was nothing to take back." : "There was nothing to fix; nothing was changed.";
        String done = result.made().isEmpty()
                ? nothing
                : (undo ? "Taken back: " : "Fixed: ") + String.join(", ", result.made()) + ".";
        session.output().answer(document, done + "\n\n" + DiagnosisView.text(name, result.after()));
    }

    private int showFixes(Session session, HostSession host) throws ConsoleException {
        Diagnosis diagnosis = new Doctor(host, Clock.systemUTC()).examine(wish.wish(), session.context());
        List<Fix> fixes = diagnosis.fixes().stream()
                .filter(fix -> all || ids.contains(fix.id()))
                .toList();
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("host", name);
        Map<String, Object> shown = new LinkedHashMap<>();
        fixes.forEach(fix -> shown.put(fix.id(), DiagnosisView.fix(fix)));
        document.put("fixes", shown);
        String text = fixes.stream().map(TerminalApproval::shown).collect(Collectors.joining("\n"));
        session.output().answer(document, text.isEmpty() ? "There is nothing to fix." : text);
        return ExitCode.DONE;
    }

    private int showUndo(Session session, HostSession host) throws ConsoleException {
        List<UndoRecord> records = new Repair(host)
                .undoable(session.context()).stream()
                        .filter(record -> all || ids.contains(record.id()))
                        .toList();
        Map<String, Object> shown = new LinkedHashMap<>();
        records.forEach(record -> shown.put(record.name(), record.script()));
        String text = records.stream().map(TerminalApproval::shown).collect(Collectors.joining("\n"));
        session.output()
                .answer(Map.of("host", name, "undo", shown), text.isEmpty() ? "There is nothing to take back." : text);
        return ExitCode.DONE;
    }
}
