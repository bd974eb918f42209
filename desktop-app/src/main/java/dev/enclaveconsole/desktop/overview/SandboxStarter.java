package dev.enclaveconsole.desktop.overview;

import static dev.enclaveconsole.desktop.ui.Texts.text;

import dev.enclaveconsole.core.failure.ConsoleException;
import dev.enclaveconsole.core.failure.Problem;
import dev.enclaveconsole.core.host.HostEntry;
import dev.enclaveconsole.core.host.HostStore;
import dev.enclaveconsole.core.settings.ConsoleFolders;
import dev.enclaveconsole.desktop.ui.ParentHost;
import dev.enclaveconsole.sandbox.RunningSandbox;
import dev.enclaveconsole.sandbox.SandboxHost;
import dev.enclaveconsole.sandbox.SandboxOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Hands the sandbox out as a parent host like any other: the one that runs for this user already, or one that
/// lives as long as this window. Nothing else in the windows knows that there is a sandbox.
public final class SandboxStarter implements AutoCloseable {
    private final ConsoleFolders folders;
    private @Nullable SandboxHost running;

    public SandboxStarter(ConsoleFolders folders) {
        this.folders = folders;
    }

    /// Starts it unless it runs already.
    ///
    /// @throws ConsoleException `sandbox.not-installed`, `sandbox.not-started`
    public synchronized ParentHost start() throws ConsoleException {
        Path installation = folders.installation()
                .orElseThrow(() -> new ConsoleException(Problem.failed(
                        "sandbox.not-installed",
                        text("sandbox.failed.what"),
                        text("sandbox.missing.why"),
                        text("sandbox.missing.remedy"))));
        try {
            Optional<RunningSandbox> found = SandboxHost.findRunning();
            return asHost(found.isPresent() ? found.get() : startOwn(installation));
        } catch (IOException e) {
            throw new ConsoleException(
                    Problem.failed(
                            "sandbox.not-started",
                            text("sandbox.failed.what"),
                            String.valueOf(e.getMessage()),
                            text("sandbox.failed.remedy")),
                    e);
        }
    }

    private RunningSandbox startOwn(Path installation) throws IOException {
        SandboxHost own = SandboxHost.start(new SandboxOptions(installation));
        running = own;
        return own.description();
    }

    private static ParentHost asHost(RunningSandbox sandbox) throws IOException {
        Path knownHosts = sandbox.identityFile().resolveSibling("known_hosts");
        Files.writeString(knownHosts, sandbox.knownHostsLine() + "\n");
        HostEntry entry = new HostEntry(
                HostStore.SANDBOX,
                "127.0.0.1",
                sandbox.port(),
                sandbox.user(),
                Optional.of(sandbox.identityFile()),
                true);
        return new ParentHost(entry, Optional.of(knownHosts));
    }

    @Override
    public synchronized void close() throws IOException {
        if (running != null) {
            running.close();
            running = null;
        }
    }
}
