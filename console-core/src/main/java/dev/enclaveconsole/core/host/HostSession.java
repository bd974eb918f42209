package dev.enclaveconsole.core.host;

import dev.enclaveconsole.core.failure.ConsoleException;
import dev.enclaveconsole.core.operation.OperationContext;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import javax.net.SocketFactory;

/// One SSH connection to a parent host; any number of commands, uploads and enclave sockets run over it at the same
/// time.
@SuppressWarnings("DoNotCallSuggester")
public final class HostSession implements RemoteShell, AutoCloseable {
    private final HostEntry entry;

    HostSession(HostEntry entry) {
        this.entry = entry;
    }

    /// Connects, checks the host's key, logs in.
    ///
    /// @throws ConsoleException `host.unreachable`, `host.key-unknown`, `host.key-changed`, `host.key-revoked`,
    ///     `host.login-refused`, `host.identity-missing`, `host.identity-protected`
    public static HostSession connect(
            HostEntry entry,
            SshSettings settings,
            HostKeyDecider decider,
            PassphrasePrompt prompt,
            OperationContext context)
            throws ConsoleException {
        throw new UnsupportedOperationException();
    }

    public HostEntry entry() {
        return entry;
    }

    public boolean isConnected() {
        throw new UnsupportedOperationException();
    }

    /// Runs `action` once when the connection is gone, however it went; at once if it is gone already.
    public void onClosed(Runnable action) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CommandResult run(List<String> command, OperationContext context) throws ConsoleException {
        throw new UnsupportedOperationException();
    }

    @Override
    public CommandResult stream(List<String> command, Consumer<String> onLine, OperationContext context)
            throws ConsoleException {
        throw new UnsupportedOperationException();
    }

    /// Uploads one file by SFTP under a temporary name and renames it when complete. Missing folders are created.
    ///
    /// @param remote absolute, or relative to the user's home there
    public void upload(Path file, String remote, OperationContext context) throws ConsoleException {
        throw new UnsupportedOperationException();
    }

    /// All commands of this session so far, oldest first.
    public List<RecordedCommand> commands() {
        throw new UnsupportedOperationException();
    }

    /// The commands as a shell script.
    public String script() {
        throw new UnsupportedOperationException();
    }

    public AgentDeployment agent() {
        throw new UnsupportedOperationException();
    }

    /// Sockets that end at the vsock address of an enclave on this host: each is an exec channel that runs the
    /// agent, which is uploaded first if it is not there yet. No local port is opened.
    public SocketFactory enclaveSockets(int cid, int port, OperationContext context) throws ConsoleException {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
