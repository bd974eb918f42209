package dev.enclaveconsole.desktop.cli;

import dev.enclaveconsole.core.failure.ConsoleException;
import dev.enclaveconsole.core.failure.Problem;
import dev.enclaveconsole.core.operation.OperationCancelledException;
import java.util.Arrays;
import java.util.stream.Collectors;
import picocli.CommandLine;

/// Runs one command line: arguments in, exit code out, see [ExitCode]. Nothing here ends the process.
public final class Terminal {
    private final Surroundings surroundings;

    public Terminal(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    public int run(String... args) {
        return commandLine().execute(args);
    }

    CommandLine commandLine() {
        ConsoleCommand root = new ConsoleCommand(surroundings);
        CommandLine line = new CommandLine(root)
                .setOut(surroundings.outWriter())
                .setErr(surroundings.errWriter())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setAbbreviatedSubcommandsAllowed(false)
                .setParameterExceptionHandler(this::wrongUsage);
        return line.setExecutionExceptionHandler((e, failed, parsed) -> failed(e, root));
    }

    private int wrongUsage(CommandLine.ParameterException e, String... args) {
        String command = e.getCommandLine().getCommandSpec().qualifiedName();
        String similar = e instanceof CommandLine.UnmatchedArgumentException unmatched
                ? unmatched.getSuggestions().stream().collect(Collectors.joining(" or "))
                : "";
        String remedy = (similar.isEmpty() ? "" : "Did you mean " + similar + "? ") + "See: " + command + " --help";
        boolean json = Arrays.asList(args).contains("--json");
        surroundings.output(json).failure(Problem.usage("usage", String.valueOf(e.getMessage()), "", remedy));
        return ExitCode.USAGE;
    }

    private int failed(Exception e, ConsoleCommand root) {
        Output output = surroundings.output(root.json());
        if (root.verbose()) {
            e.printStackTrace(surroundings.err());
        }
        return switch (e) {
            case ConsoleException known -> {
                output.failure(known.problem());
                yield known.problem().kind().exitCode();
            }
            case OperationCancelledException cancelled -> {
                output.failure(Problem.failed("cancelled", "Cancelled.", "", ""));
                yield ExitCode.INTERRUPTED;
            }
            default -> {
                output.failure(Problem.failed(
                        "internal",
                        "Something that should not happen did: " + e,
                        "This is an error in Enclave Console.",
                        "Run the command again with --verbose and report what it prints."));
                yield ExitCode.FAILED;
            }
        };
    }
}
