package dev.enclaveconsole.desktop.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/// The terminal's root command.
@Command(
        name = "console",
        description = {
            "Launches a Nitro Enclave on a parent host, proves what runs there, and lets it classify your images.",
            "Without arguments the window opens. To look around without AWS: console demo"
        },
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        versionProvider = ConsoleVersion.class,
        sortOptions = false,
        usageHelpAutoWidth = true,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:done", "1:failed", "2:wrong usage", "3:verification refused"},
        subcommands = {
            DemoVerb.class,
            SandboxVerbs.class,
            HostVerbs.class,
            EnclaveVerbs.class,
            AttestVerbs.class,
            PredictVerb.class,
            ModelVerbs.class,
            CompletionVerb.class
        })
final class ConsoleCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    private final Surroundings surroundings;

    @Option(
            names = "--json",
            scope = ScopeType.INHERIT,
            description = "One JSON document on standard output; progress on standard error.")
    private boolean json;

    @Option(
            names = {"-v", "--verbose"},
            scope = ScopeType.INHERIT,
            description = "Log what happens, and the cause of a failure, on standard error.")
    private boolean verbose;

    ConsoleCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    Surroundings surroundings() {
        return surroundings;
    }

    boolean json() {
        return json;
    }

    boolean verbose() {
        return verbose;
    }

    @Override
    public Integer call() {
        throw new CommandLine.ParameterException(spec.commandLine(), "Which command?");
    }
}
