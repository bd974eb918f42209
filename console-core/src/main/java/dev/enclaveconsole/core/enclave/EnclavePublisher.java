package dev.enclaveconsole.core.enclave;

import dev.enclaveconsole.core.failure.ConsoleException;
import dev.enclaveconsole.core.failure.Problem;
import dev.enclaveconsole.core.host.CommandResult;
import dev.enclaveconsole.core.host.HostSession;
import dev.enclaveconsole.core.operation.OperationContext;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Lets others than this console reach an enclave: `parent-agent serve` on the parent host carries TCP connections to
/// it. TLS still ends inside the enclave. Without it SSH is the only way in.
public final class EnclavePublisher {
    /// Where the enclave server listens.
    public static final int ENCLAVE_PORT = 8443;

    private static final Pattern LISTED = Pattern.compile("(process|service) (\\d+) ?(.*)");

    private final HostSession host;

    public EnclavePublisher(HostSession host) {
        this.host = host;
    }

    /// The shell script that [#start] runs on the host, for display. Uploads the agent if it is not there yet.
    ///
    /// @param service as a systemd service, for which sudo is needed; else as a process of the user that
    ///     ends with the host's restart
    public String script(EnclaveInfo enclave, PublicAddress listen, boolean service, OperationContext context)
            throws ConsoleException {
        String launcher = host.agent().ensure(context);
        return service
                ? PublishScripts.service(launcher, listen, enclave.cid())
                : PublishScripts.process(launcher, listen, enclave.cid());
    }

    /// Runs such a script; returns when connections are taken.
    ///
    /// @throws ConsoleException `publish.taken`, `publish.failed`
    public void start(String script, PublicAddress listen, OperationContext context) throws ConsoleException {
        context.report("Publishing at " + listen + " of " + host.entry().name());
        CommandResult result = host.run(List.of("sh", "-c", script), context);
        if (result.exitCode() == PublishScripts.TAKEN) {
            throw new ConsoleException(Problem.failed(
                    "publish.taken",
                    "Something is already published at port " + listen.port() + " of "
                            + host.entry().name() + ".",
                    result.stderr().strip(),
                    "End that publication, or choose another port."));
        }
        if (result.exitCode() != 0) {
            throw failed("Nothing could be published at " + listen + ".", result);
        }
    }

    public List<Publication> list(OperationContext context) throws ConsoleException {
        CommandResult result = host.run(List.of("sh", "-c", PublishScripts.LIST), context);
        return result.stdout()
                .lines()
                .map(LISTED::matcher)
                .filter(Matcher::matches)
                .map(m ->
                        new Publication(Integer.parseInt(m.group(2)), m.group(1).equals("service"), m.group(3)))
                .toList();
    }

    /// The script that [#stop] runs, for display.
    public String stopScript(Publication publication) {
        return PublishScripts.stop(publication.port(), publication.service());
    }

    /// Takes no more connections; those that are open may end within ten seconds.
    public void stop(Publication publication, OperationContext context) throws ConsoleException {
        context.report("Ending the publication at port " + publication.port());
        CommandResult result = host.run(List.of("sh", "-c", stopScript(publication)), context);
        if (result.exitCode() != 0) {
            throw failed("The publication at port " + publication.port() + " could not be ended.", result);
        }
    }

    /// @throws ConsoleException `publish.unknown`
    public Publication require(Optional<Integer> port, OperationContext context) throws ConsoleException {
        List<Publication> all = list(context);
        List<Publication> fitting = all.stream()
                .filter(p -> port.isEmpty() || port.get() == p.port())
                .toList();
        if (fitting.size() == 1) {
            return fitting.getFirst();
        }
        throw new ConsoleException(Problem.usage(
                "publish.unknown",
                fitting.isEmpty() ? "No such publication." : "Several enclaves are published.",
                all.isEmpty()
                        ? "Nothing is published on " + host.entry().name() + "."
                        : "Published ports: "
                                + String.join(
                                        ", ",
                                        all.stream()
                                                .map(p -> String.valueOf(p.port()))
                                                .toList()),
                "Name the port."));
    }

    private static ConsoleException failed(String what, CommandResult result) {
        return new ConsoleException(Problem.failed(
                "publish.failed",
                what,
                result.stderr().strip(),
                "Check that the port is free and may be opened: below 1024 a service with sudo is needed."));
    }
}
