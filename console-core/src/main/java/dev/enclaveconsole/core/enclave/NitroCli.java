package dev.enclaveconsole.core.enclave;

import com.fasterxml.jackson.databind.JsonNode;
import dev.enclaveconsole.core.failure.ConsoleException;
import dev.enclaveconsole.core.failure.Problem;
import dev.enclaveconsole.core.host.CommandResult;
import dev.enclaveconsole.core.host.RemoteShell;
import dev.enclaveconsole.core.operation.OperationContext;
import dev.enclaveconsole.protocol.eif.Measurements;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// `nitro-cli` of a parent host. Failures are Problems `nitro.E…` with what AWS's code means and what to do.
public final class NitroCli {
    private static final Logger LOG = LoggerFactory.getLogger(NitroCli.class);
    private static final int NOT_FOUND = 127;
    private static final String LOG_BYTES = "20000";

    private final RemoteShell shell;

    public NitroCli(RemoteShell shell) {
        this.shell = shell;
    }

    /// What [#run] will execute, for display.
    public List<String> runCommand(LaunchRequest request) {
        List<String> command = new ArrayList<>(List.of(
                "nitro-cli",
                "run-enclave",
                "--eif-path",
                imagePath(request.image()),
                "--cpu-count",
                String.valueOf(request.cpuCount()),
                "--memory",
                String.valueOf(request.memoryMib())));
        request.name().ifPresent(name -> command.addAll(List.of("--enclave-name", name)));
        if (request.debug()) {
            command.add("--debug-mode");
        }
        return List.copyOf(command);
    }

    /// What [#terminate] will execute, for display.
    public List<String> terminateCommand(String id) {
        return List.of("nitro-cli", "terminate-enclave", "--enclave-id", id);
    }

    /// Launches an enclave; returns when nitro-cli says that it has booted.
    ///
    /// @throws ConsoleException `nitro.E…`, `nitro.missing`, `nitro.answer-unreadable`
    public EnclaveInfo run(LaunchRequest request, OperationContext context) throws ConsoleException {
        context.report("Launching " + request.image());
        String what = "The enclave could not be launched from " + request.image() + ".";
        return launched(json(runCommand(request), what, context), context);
    }

    /// What `run-enclave` answered, completed by what is listed of it.
    EnclaveInfo launched(List<JsonNode> answer, OperationContext context) throws ConsoleException {
        if (answer.isEmpty()) {
            throw unreadable("run-enclave", "It named no enclave.");
        }
        EnclaveInfo launched = NitroJson.enclave(answer.getFirst());
        return list(context).stream()
                .filter(e -> e.id().equals(launched.id()))
                .findFirst()
                .orElse(launched);
    }

    public List<EnclaveInfo> list(OperationContext context) throws ConsoleException {
        List<String> command = List.of("nitro-cli", "describe-enclaves");
        return json(command, "The enclaves could not be listed.", context).stream()
                .map(NitroJson::enclave)
                .toList();
    }

    /// By id or name.
    ///
    /// @throws ConsoleException `enclave.unknown`, naming those that run
    public EnclaveInfo require(String idOrName, OperationContext context) throws ConsoleException {
        List<EnclaveInfo> enclaves = list(context);
        Optional<EnclaveInfo> found = enclaves.stream()
                .filter(e -> e.id().equals(idOrName) || e.name().equals(idOrName))
                .findFirst();
        String running = enclaves.isEmpty()
                ? "None runs on this host."
                : "Running: "
                        + String.join(
                                ", ", enclaves.stream().map(EnclaveInfo::name).toList()) + ".";
        return found.orElseThrow(() -> new ConsoleException(Problem.usage(
                "enclave.unknown",
                "There is no enclave " + idOrName + ".",
                running,
                "Give one of their names or ids, or launch it first.")));
    }

    public void terminate(String id, OperationContext context) throws ConsoleException {
        context.report("Terminating " + id);
        json(terminateCommand(id), "The enclave " + id + " could not be terminated.", context);
    }

    /// What [#terminateAll] will execute, for display.
    public List<String> terminateAllCommand() {
        return List.of("nitro-cli", "terminate-enclave", "--all");
    }

    public void terminateAll(OperationContext context) throws ConsoleException {
        context.report("Terminating all enclaves");
        json(terminateAllCommand(), "The enclaves could not be terminated.", context);
    }

    /// Hands on the console of a debug enclave line by line; returns when the enclave ends or the operation is
    /// cancelled. nitro-cli reports E45 when an enclave ends; that is no failure.
    public void console(String id, Consumer<String> onLine, OperationContext context) throws ConsoleException {
        CommandResult result = shell.stream(List.of("nitro-cli", "console", "--enclave-id", id), onLine, context);
        boolean ended = NitroError.first(result.stderr())
                .map(error -> error.code().equals("E45"))
                .orElse(false);
        if (result.exitCode() != 0 && !ended) {
            throw failure(result, "The console of " + id + " cannot be read.", context);
        }
    }

    /// @param path an EIF on the parent host, or an image name as in [LaunchRequest]
    public Measurements describeImage(String path, OperationContext context) throws ConsoleException {
        List<String> command = List.of("nitro-cli", "describe-eif", "--eif-path", imagePath(path));
        List<JsonNode> answer = json(command, "The image " + path + " could not be measured.", context);
        if (answer.isEmpty()) {
            throw unreadable("describe-eif", "It printed no measurements.");
        }
        return new Measurements(NitroJson.pcrs(answer.getFirst().path("Measurements")));
    }

    private List<JsonNode> json(List<String> command, String what, OperationContext context) throws ConsoleException {
        return answer(shell.run(command, context), command.get(1), what, context);
    }

    /// The JSON objects of a call that succeeded.
    ///
    /// @throws ConsoleException `nitro.…`, with the error log that nitro-cli names as its details
    List<JsonNode> answer(CommandResult result, String verb, String what, OperationContext context)
            throws ConsoleException {
        if (result.exitCode() != 0) {
            throw failure(result, what, context);
        }
        try {
            return NitroJson.objects(result.stdout());
        } catch (IOException e) {
            throw unreadable(verb, String.valueOf(e.getMessage()));
        }
    }

    private ConsoleException failure(CommandResult result, String what, OperationContext context) {
        Optional<NitroError> error = NitroError.first(result);
        if (error.isPresent()) {
            String log = error.get().log().map(path -> log(path, context)).orElse("");
            return new ConsoleException(error.get().problem(what, log));
        }
        if (result.exitCode() == NOT_FOUND) {
            return new ConsoleException(Problem.failed(
                    "nitro.missing",
                    what,
                    "nitro-cli is not installed on the host.",
                    "Let the doctor install it: Host → Doctor, or: console host fix HOST nitro-cli"));
        }
        return new ConsoleException(Problem.failed(
                "nitro.failed",
                what,
                "nitro-cli ended with " + result.exitCode() + ": "
                        + result.stderr().strip(),
                "Run the command on the host by hand: " + result.command()));
    }

    /// The end of an error log; empty if it cannot be read, which must not hide the error itself.
    private String log(String path, OperationContext context) {
        try {
            return shell.run(List.of("tail", "-c", LOG_BYTES, "--", path), context)
                    .stdout();
        } catch (ConsoleException e) {
            LOG.info("{} was not fetched: {}", path, e.problem().sentence());
            return "";
        }
    }

    private static ConsoleException unreadable(String verb, String why) {
        return new ConsoleException(Problem.failed(
                "nitro.answer-unreadable",
                "The answer of nitro-cli " + verb + " cannot be read.",
                why,
                "Check the version of nitro-cli on the host (1.2 or later)."));
    }

    /// Where an image named as in [LaunchRequest] lies on the host.
    static String imagePath(String image) {
        return image.contains("/") || image.endsWith(".eif") ? image : ".enclave-console/images/" + image + ".eif";
    }
}
