package dev.enclaveconsole.sandbox.nitrocli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.enclaveconsole.sandbox.enclave.ConsoleLog;
import dev.enclaveconsole.sandbox.enclave.Enclave;
import dev.enclaveconsole.sandbox.enclave.EnclaveHost;
import dev.enclaveconsole.sandbox.enclave.NitroFailure;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The commands about running enclaves.
final class EnclaveCommands {

    private static final int LAUNCH_FAILED = 39;
    private static final long FOREVER = Long.MAX_VALUE;
    private static final long POLL_MILLIS = 500;

    private final EnclaveHost host;
    private final ErrorTexts errors;

    EnclaveCommands(EnclaveHost host, ErrorTexts errors) {
        this.host = host;
        this.errors = errors;
    }

    int run(Call call, Terminal terminal) throws UsageException, NitroFailure, InterruptedException {
        RunArguments arguments =
                RunArguments.of(Options.parse(RunArguments.GRAMMAR, call.arguments()), call.folder(), terminal);
        Enclave enclave;
        try {
            enclave = host.run(arguments.spec(), terminal::printError);
        } catch (NitroFailure e) {
            terminal.printError(errors.describe(e, "Run Enclave", call.backtrace()));
            terminal.printError("Failed connections: 1");
            throw new NitroFailure(LAUNCH_FAILED, "Failed to connect to 1 enclave processes");
        }
        terminal.print(PrettyJson.of(Answers.started(enclave)));
        if (arguments.attachConsole()) {
            follow(enclave, FOREVER, terminal);
        }
        return 0;
    }

    int describe(Call call, Terminal terminal) throws UsageException {
        Options options = Options.parse("metadata", call.arguments());
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        host.running().forEach(enclave -> array.add(Answers.described(enclave, options.has("metadata"))));
        terminal.print(PrettyJson.of(array));
        return 0;
    }

    int terminate(Call call, Terminal terminal) throws UsageException, NitroFailure, InterruptedException {
        Options options = Options.parse("enclave-id= enclave-name= all", call.arguments());
        options.oneOf("enclave-id", "enclave-name", "all");
        if (!options.has("all")) {
            Enclave enclave = select(options);
            end(enclave, terminal);
            terminal.print(PrettyJson.of(Answers.terminated(enclave)));
            return 0;
        }
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        for (Enclave enclave : host.running()) {
            end(enclave, terminal);
            array.add(Answers.terminated(enclave));
        }
        terminal.print(PrettyJson.of(array));
        return 0;
    }

    int console(Call call, Terminal terminal) throws UsageException, NitroFailure, InterruptedException {
        Options options = Options.parse("enclave-id= enclave-name= disconnect-timeout=", call.arguments());
        options.oneOf("enclave-id", "enclave-name");
        long patience = options.has("disconnect-timeout")
                ? TimeUnit.SECONDS.toMillis(
                        Options.number("disconnect-timeout", options.required("disconnect-timeout")))
                : FOREVER;
        Enclave enclave = options.has("enclave-id")
                ? host.findWithEnded(options.required("enclave-id")).orElseThrow(EnclaveCommands::unknownId)
                : select(options);
        if (!enclave.debug()) {
            throw new NitroFailure(44, "The enclave was not started with the debug flag set");
        }
        follow(enclave, patience, terminal);
        return 0;
    }

    private void end(Enclave enclave, Terminal terminal) throws InterruptedException {
        host.terminate(enclave);
        terminal.printError("Successfully terminated enclave " + enclave.id() + ".");
    }

    private Enclave select(Options options) throws UsageException, NitroFailure {
        if (options.has("enclave-id")) {
            return host.find(options.required("enclave-id")).orElseThrow(EnclaveCommands::unknownId);
        }
        String name = options.required("enclave-name");
        List<Enclave> named = host.running().stream()
                .filter(enclave -> enclave.name().equals(name))
                .toList();
        if (named.size() != 1) {
            throw new NitroFailure(58, "No enclave matched the given name.");
        }
        return named.getFirst();
    }

    /// Prints the console from its beginning until the enclave ends or is silent for too long.
    private static void follow(Enclave enclave, long patienceMillis, Terminal terminal) throws InterruptedException {
        terminal.print("Connecting to the console for enclave " + enclave.cid() + "...");
        terminal.print("Successfully connected to the console.");
        ConsoleLog log = enclave.console();
        long position = 0;
        long silentMillis = 0;
        while (silentMillis < patienceMillis) {
            ConsoleLog.Piece piece = log.read(position, Math.min(POLL_MILLIS, patienceMillis - silentMillis));
            position = piece.next();
            if (piece.bytes().length > 0) {
                terminal.print(piece.bytes());
                silentMillis = 0;
            } else if (piece.ended()) {
                return;
            } else {
                silentMillis += POLL_MILLIS;
            }
        }
    }

    private static NitroFailure unknownId() {
        return new NitroFailure(11, "Failed to connect to specific enclave process");
    }
}
