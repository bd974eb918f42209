package dev.enclaveconsole.desktop.cli;

import dev.enclaveconsole.core.enclave.ConsoleArchive;
import dev.enclaveconsole.core.enclave.SavedEnclave;
import dev.enclaveconsole.core.failure.ConsoleException;
import dev.enclaveconsole.core.failure.Problem;
import dev.enclaveconsole.core.operation.OperationCancelledException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `enclave console`: what a debug enclave prints, or has printed.
@Command(
        name = "console",
        description =
                "Prints the console log of a debug enclave from its first line until it ends or Ctrl-C is pressed, and"
                        + " saves it on this computer. With --json the lines come at the end, in one document.")
final class ConsoleLogVerb extends Verb {
    @Mixin
    private HostOption host;

    @Option(names = "--enclave", required = true, paramLabel = "ENCLAVE", description = "Name or id of an enclave.")
    private String enclave;

    @Option(
            names = "--saved",
            description = "The log saved on this computer, also of an enclave that is gone; asks the host nothing.")
    private boolean saved;

    @Override
    protected int run(Session session) throws ConsoleException {
        return saved ? printSaved(session) : follow(session);
    }

    private int printSaved(Session session) throws ConsoleException {
        ConsoleArchive archive = session.console().consoles(host.name());
        SavedEnclave known = archive.require(enclave);
        List<String> lines = archive.lines(known.id())
                .orElseThrow(() -> new ConsoleException(Problem.failed(
                        "console.not-saved",
                        "No console of " + known.name() + " is saved on this computer.",
                        known.debug() ? "" : "It was no debug enclave.",
                        "Enclaves in debug mode have a console; it is saved when it is read or the enclave ends.")));
        lines.forEach(session.output()::line);
        session.output().progress(SavedView.of(known).line());
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("enclave", SavedView.of(known));
        document.put("file", archive.file(known.id()).toString());
        document.put("lines", lines);
        session.output().answer(document, "");
        return ExitCode.DONE;
    }

    private int follow(Session session) throws ConsoleException {
        var lifecycle = session.console().lifecycle(host.connect(session));
        var found = lifecycle.nitroCli().require(enclave, session.context());
        List<String> lines = new ArrayList<>();
        try {
            lifecycle.console(found, line -> take(line, lines, session), session.context());
        } catch (OperationCancelledException e) {
            session.output().progress("Stopped listening. The enclave runs on.");
        }
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("enclave", EnclaveView.of(found));
        document.put("file", lifecycle.archive().file(found.id()).toString());
        document.put("lines", lines);
        session.output().answer(document, "");
        return ExitCode.DONE;
    }

    private static void take(String line, List<String> lines, Session session) {
        session.output().line(line);
        if (session.output().json()) {
            lines.add(line);
        }
    }
}
