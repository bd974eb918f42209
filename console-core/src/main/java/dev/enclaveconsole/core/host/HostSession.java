package dev.enclaveconsole.core.host;

import dev.enclaveconsole.core.failure.ConsoleException;
import dev.enclaveconsole.core.failure.Problem;
import dev.enclaveconsole.core.operation.OperationContext;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import javax.net.SocketFactory;
import net.schmizz.sshj.SSHClient;

/// One SSH connection to a parent host; any number of commands, uploads and enclave sockets run over it at the same
/// time. A connection that broke stays broken: connect again.
public final class HostSession implements RemoteShell, AutoCloseable {
    private final HostEntry entry;
    private final SSHClient client;
    private final CommandRecorder recorder = new CommandRecorder(Clock.systemUTC());
    private final RemoteCommands commands;
    private final AgentDeployment agent;
    private final List<Runnable> whenClosed = new ArrayList<>();
    private boolean closed;

    private HostSession(HostEntry entry, SshSettings settings, SSHClient client) {
        this.entry = entry;
        this.client = client;
        this.commands = new RemoteCommands(entry, client, recorder);
        this.agent = new AgentDeployment(this, settings.agentArchive());
    }

    /// Connects, checks the host's key, logs in.
    ///
    /// @throws ConsoleException `host.unreachable`, `host.key-unknown`, `host.key-changed`, `host.key-revoked`,
    ///     `host.login-refused`, `host.identity-missing`, `host.identity-protected`, `host.identity-unusable`
    public static HostSession connect(
            HostEntry entry,
            SshSettings settings,
            HostKeyDecider decider,
            PassphrasePrompt prompt,
            OperationContext context)
            throws ConsoleException {
        SSHClient client = new SshConnector(entry, settings, decider, prompt).connect(context);
        HostSession session = new HostSession(entry, settings, client);
        client.getTransport().setDisconnectListener((reason, message) -> session.gone());
        if (!client.isConnected()) {
            session.gone();
        }
        return session;
    }

    public HostEntry entry() {
        return entry;
    }

    public boolean isConnected() {
        synchronized (whenClosed) {
            return !closed && client.isConnected() && client.getTransport().isRunning();
        }
    }

    /// Runs `action` once when the connection is gone, however it went; at once if it is gone already.
    public void onClosed(Runnable action) {
        synchronized (whenClosed) {
            if (!closed) {
                whenClosed.add(action);
                return;
            }
        }
        action.run();
    }

    @Override
    public CommandResult run(List<String> command, OperationContext context) throws ConsoleException {
        return commands.run(command, context);
    }

    @Override
    public CommandResult stream(List<String> command, Consumer<String> onLine, OperationContext context)
            throws ConsoleException {
        return commands.stream(command, onLine, context);
    }

    /// Uploads one file by SFTP under a temporary name and renames it when complete. Missing folders are created.
    ///
    /// @param remote absolute, or relative to the user's home there
    /// @throws ConsoleException `host.upload-failed`
    public void upload(Path file, String remote, OperationContext context) throws ConsoleException {
        String draft = remote + ".part-" + UUID.randomUUID();
        try {
            SftpUpload.send(client, file, draft, context);
        } catch (IOException e) {
            context.checkCancelled();
            throw new ConsoleException(uploadFailed(file, String.valueOf(e.getMessage())), e);
        }
        CommandResult moved = run(List.of("mv", "-f", "--", draft, remote), context);
        if (moved.exitCode() != 0) {
            throw new ConsoleException(uploadFailed(file, moved.stderr().strip()));
        }
    }

    /// All commands of this session so far (the last thousand), oldest first.
    public List<RecordedCommand> commands() {
        return recorder.commands();
    }

    /// The commands as a shell script, to be run on the host.
    public String script() {
        return recorder.script("Commands run on " + entry.name());
    }

    public AgentDeployment agent() {
        return agent;
    }

    /// Sockets that end at the vsock address of an enclave on this host: each is an exec channel that runs the agent,
    /// which is uploaded first if it is not there yet. No local port is opened; the address given to `connect` is
    /// not used.
    ///
    /// The agent takes the shell's place: a shell that waited for it would keep the channel's output open, and the
    /// end of an enclave would show only when the request times out.
    public SocketFactory enclaveSockets(int cid, int port, OperationContext context) throws ConsoleException {
        String launcher = agent.ensure(context);
        return new ChannelSocketFactory(
                client, "exec " + ShellLine.of(List.of(launcher, "dial", String.valueOf(cid), String.valueOf(port))));
    }

    @Override
    public void close() {
        SshClients.closeQuietly(client);
        gone();
    }

    private void gone() {
        List<Runnable> actions;
        synchronized (whenClosed) {
            closed = true;
            actions = List.copyOf(whenClosed);
            whenClosed.clear();
        }
        actions.forEach(Runnable::run);
    }

    private Problem uploadFailed(Path file, String why) {
        return Problem.failed(
                "host.upload-failed",
                "The file " + file.getFileName() + " could not be uploaded to " + entry.name() + ".",
                why,
                "Check free space and permissions there, then try again.");
    }
}
