package dev.enclaveconsole.desktop.cli;

import java.util.Map;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// Prints the completion script of bash and zsh.
@Command(
        name = "completion",
        description = {"Prints a completion script for bash and zsh.", "Use it with: source <(./console completion)"})
final class CompletionVerb extends Verb {
    @Spec
    private CommandSpec spec;

    @Override
    protected int run(Session session) {
        String script = AutoComplete.bash("console", spec.root().commandLine());
        session.output().answer(Map.of("shells", new String[] {"bash", "zsh"}, "script", script), script);
        return ExitCode.DONE;
    }
}
