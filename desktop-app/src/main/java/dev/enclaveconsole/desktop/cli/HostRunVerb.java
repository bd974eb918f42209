package dev.enclaveconsole.desktop.cli;

import dev.enclaveconsole.core.failure.ConsoleException;
import dev.enclaveconsole.core.host.CommandResult;
import dev.enclaveconsole.core.host.HostScripts;
import dev.enclaveconsole.core.host.HostSession;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `host run`: one command on a host, and the session's record as a shell script.
@Command(
        name = "run",
        description = {
            "Runs a command on a host, without a terminal.",
            "Its arguments reach it as they are; its exit code is in the answer."
        })
final class HostRunVerb extends Verb {
    @Parameters(index = "0", paramLabel = "NAME", description = "A host of the list, or sandbox.")
    private String name;

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "COMMAND", description = "Write -- before it.")
    private List<String> command;

    @Option(
            names = "--script",
            paramLabel = "FILE",
            description = "Save what was run, with time and exit code, as a shell script.")
    private Optional<Path> script;

    @Override
    protected int run(Session session) throws ConsoleException {
        HostSession host = session.connect(name);
        CommandResult result = host.run(command, session.context());
        if (script.isPresent()) {
            HostScripts.write(script.get(), host.script());
        }
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("command", result.command());
        document.put("exitCode", result.exitCode());
        document.put("stdout", result.stdout());
        document.put("stderr", result.stderr());
        if (!result.stderr().isEmpty() && !session.output().json()) {
            session.output().progress(result.stderr().stripTrailing());
        }
        session.output().answer(document, result.stdout());
        return result.exitCode() == 0 ? ExitCode.DONE : ExitCode.FAILED;
    }
}
