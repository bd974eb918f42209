package dev.enclaveconsole.desktop.cli;

import dev.enclaveconsole.core.failure.ConsoleException;
import dev.enclaveconsole.core.failure.Problem;
import dev.enclaveconsole.core.host.HostEntry;
import dev.enclaveconsole.core.host.HostProbe;
import dev.enclaveconsole.core.host.HostSession;
import dev.enclaveconsole.core.host.HostStore;
import dev.enclaveconsole.sandbox.RunningSandbox;
import dev.enclaveconsole.sandbox.SandboxHost;
import dev.enclaveconsole.sandbox.SandboxOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// The host named `sandbox`: a running one, or one for the length of a verb.
final class Sandboxes {

    static HostSession connect(Session session) throws ConsoleException {
        RunningSandbox sandbox = find(session);
        return session.console().connectPinned(entry(sandbox), knownHosts(sandbox), session.context());
    }

    static HostProbe probe(Session session) throws ConsoleException {
        RunningSandbox sandbox = find(session);
        return session.console().probePinned(entry(sandbox), knownHosts(sandbox), session.context());
    }

    private static RunningSandbox find(Session session) throws ConsoleException {
        Optional<RunningSandbox> running = SandboxHost.findRunning();
        return running.isPresent() ? running.get() : start(session, false);
    }

    /// Starts a sandbox that ends with the verb.
    ///
    /// @param bare nothing is installed for enclaves
    static RunningSandbox start(Session session, boolean bare) throws ConsoleException {
        Path installation = session.console()
                .folders()
                .installation()
                .orElseThrow(() -> new ConsoleException(Problem.failed(
                        "sandbox.no-installation",
                        "The sandbox needs the console's folder, and this program was not started from one.",
                        "",
                        "Start it by ./console.")));
        session.context().report("Starting the sandbox host on this computer");
        try {
            SandboxOptions options = new SandboxOptions(installation);
            SandboxHost sandbox = SandboxHost.start(bare ? options.bareHost() : options);
            session.atEnd(() -> close(sandbox));
            session.keepsSandbox();
            return sandbox.description();
        } catch (IOException e) {
            throw new ConsoleException(
                    Problem.failed(
                            "sandbox.not-started",
                            "The sandbox host could not be started.",
                            String.valueOf(e.getMessage()),
                            "Try again; --verbose shows the cause."),
                    e);
        }
    }

    static HostEntry entry(RunningSandbox sandbox) {
        return new HostEntry(
                HostStore.SANDBOX,
                "127.0.0.1",
                sandbox.port(),
                sandbox.user(),
                Optional.of(sandbox.identityFile()),
                true);
    }

    /// A known_hosts file that vouches for the sandbox alone, in the sandbox's own folder: it goes with it.
    static Path knownHosts(RunningSandbox sandbox) throws ConsoleException {
        Path file = sandbox.identityFile().resolveSibling("known_hosts");
        try {
            return Files.writeString(file, sandbox.knownHostsLine() + "\n");
        } catch (IOException e) {
            throw new ConsoleException(
                    Problem.failed(
                            "sandbox.folder-unwritable",
                            "The sandbox's folder " + file.getParent() + " cannot be written.",
                            String.valueOf(e.getMessage()),
                            "Check the space in the system's temporary folder."),
                    e);
        }
    }

    private static void close(SandboxHost sandbox) {
        try {
            sandbox.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Sandboxes() {}
}
