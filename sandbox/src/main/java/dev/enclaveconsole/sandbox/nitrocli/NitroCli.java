package dev.enclaveconsole.sandbox.nitrocli;

import dev.enclaveconsole.sandbox.enclave.EnclaveHost;
import dev.enclaveconsole.sandbox.enclave.NitroFailure;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;

/// `nitro-cli` 1.5.0 as far as a parent host needs it: same commands, same answers, same error codes.
///
/// As there, a launch that fails prints its own error first, then `Failed connections: 1` and E39, and exits with 39;
/// every other failure
/// exits with the number of its code, a usage error with 2.
public final class NitroCli {

    private static final String VERSION = "Nitro CLI 1.5.0";
    private static final int USAGE = 2;
    private static final String HELP = """
            %s

            USAGE:
                nitro-cli <SUBCOMMAND>

            SUBCOMMANDS:
                build-enclave        Builds an enclave image and saves it to a file
                console              Connect to the console of an enclave
                describe-eif         Returns information about the EIF found at a given path.
                describe-enclaves    Returns a list of the running enclaves
                explain              Display detailed information about an error returned by a misbehaving Nitro CLI command
                pcr                  Return the PCR hash value of the given input
                run-enclave          Starts a new enclave
                terminate-enclave    Terminates an enclave
            """.formatted(VERSION);

    private final EnclaveCommands enclaves;
    private final ImageCommands images;
    private final ErrorTexts errors;

    /// @param logs folder for error logs
    /// @param demoImage image that stands for the Docker image `enclave-console-demo:latest`
    public NitroCli(EnclaveHost host, Path logs, Path demoImage, Clock clock) {
        this.errors = new ErrorTexts(logs, clock);
        this.enclaves = new EnclaveCommands(host, errors);
        this.images = new ImageCommands(demoImage, clock);
    }

    /// Runs one call and returns its exit code.
    int run(Call call, Terminal terminal) throws InterruptedException {
        if (call.arguments().isEmpty()) {
            terminal.printError(HELP);
            return USAGE;
        }
        String command = call.arguments().getFirst();
        Call rest = new Call(call.arguments().subList(1, call.arguments().size()), call.folder(), call.backtrace());
        try {
            return dispatch(command, rest, terminal);
        } catch (UsageException e) {
            terminal.printError("error: " + e.getMessage() + "\n\nUSAGE:\n    nitro-cli " + command
                    + " [OPTIONS]\n\nFor more information try --help");
            return USAGE;
        } catch (NitroFailure e) {
            terminal.printError(errors.describe(e, action(command), call.backtrace()));
            return e.code();
        }
    }

    private int dispatch(String command, Call call, Terminal terminal)
            throws UsageException, NitroFailure, InterruptedException {
        return switch (command) {
            case "run-enclave" -> enclaves.run(call, terminal);
            case "describe-enclaves" -> enclaves.describe(call, terminal);
            case "terminate-enclave" -> enclaves.terminate(call, terminal);
            case "console" -> enclaves.console(call, terminal);
            case "describe-eif" -> images.describe(call, terminal);
            case "build-enclave" -> images.build(call, terminal);
            case "pcr" -> images.pcr(call, terminal);
            case "explain" -> explain(call, terminal);
            case "--version", "-V" -> print(terminal, VERSION);
            case "--help", "-h", "help" -> print(terminal, HELP);
            default -> throw new UsageException("The subcommand '" + command + "' wasn't recognized");
        };
    }

    private int explain(Call call, Terminal terminal) throws UsageException {
        Options options = Options.parse("error-code=", call.arguments());
        terminal.printError(errors.explain(options.required("error-code")));
        return 0;
    }

    private static int print(Terminal terminal, String text) {
        terminal.print(text);
        return 0;
    }

    private static String action(String command) {
        StringBuilder action = new StringBuilder();
        for (String word : List.of(command.split("-"))) {
            action.append(action.isEmpty() ? "" : " ")
                    .append(word.substring(0, Math.min(1, word.length())).toUpperCase(Locale.ROOT))
                    .append(word.substring(Math.min(1, word.length())));
        }
        return action.toString();
    }
}
