package dev.enclaveconsole.core.host;

import dev.enclaveconsole.core.failure.ConsoleException;
import dev.enclaveconsole.core.operation.OperationContext;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javax.net.SocketFactory;

/// The SSH connection to a parent host; any number of commands, transfers, tunnels and enclave sockets run over it at
/// the same time. A connection that breaks is made anew: transfers and tunnels go on, commands that were running fail
/// with `host.connection-lost`, later ones wait. The session ends when that does not succeed in time.
public final class HostSession implements RemoteShell, AutoCloseable {
    private final HostEntry entry;
    private final SshLink link;
    private final CommandRecorder recorder = new CommandRecorder(Clock.systemUTC());
    private final RemoteCommands commands;
    private final AgentDeployment agent;
    private final Tunnels tunnels;
    private final List<Runnable> whenClosed = new ArrayList<>();
    private boolean closed;

    private HostSession(HostEntry entry, SshSettings settings, SshLink link) {
        this.entry = entry;
        this.link = link;
        this.commands = new RemoteCommands(entry, link, recorder);
        this.agent = new AgentDeployment(this, settings.agentArchive());
        this.tunnels = new Tunnels(link);
    }

    /// Connects, checks the host's key, logs in.
    ///
    /// @throws ConsoleException `host.unreachable`, `host.key-unknown`, `host.key-changed`, `host.key-revoked`,
    ///     `host.certificate-refused`, `host.algorithms`, `host.proxy-command`, `host.login-refused`,
    ///     `host.identity-missing`, `host.identity-protected`, `host.identity-unusable`
    public static HostSession connect(
            HostEntry entry,
            SshSettings settings,
            HostKeyDecider decider,
            PassphrasePrompt prompt,
            OperationContext context)
            throws ConsoleException {
        return connect(entry, settings, decider, prompt, ConnectListener.NONE, context);
    }

    static HostSession connect(
            HostEntry entry,
            SshSettings settings,
            HostKeyDecider decider,
            PassphrasePrompt prompt,
            ConnectListener listener,
            OperationContext context)
            throws ConsoleException {
        SshLink link = SshLink.connect(entry, settings, decider, prompt, listener, context);
        HostSession session = new HostSession(entry, settings, link);
        link.onState(state -> {
            if (state == LinkState.CLOSED) {
                session.gone();
            }
        });
        if (link.state() == LinkState.CLOSED) {
            session.gone();
        }
        return session;
    }

    public HostEntry entry() {
        return entry;
    }

    public boolean isConnected() {
        return link.state() == LinkState.CONNECTED;
    }

    public LinkState state() {
        return link.state();
    }

    /// `listener` hears of every change of [#state], on whichever thread caused it.
    public void onState(Consumer<LinkState> listener) {
        link.onState(listener);
    }

    /// Waits while the connection is being made anew.
    ///
    /// @throws ConsoleException `host.connection-lost` if the session has ended
    public void awaitConnected(OperationContext context) throws ConsoleException {
        link.connection(context);
    }

    /// What the connection agreed on, with its weaknesses.
    public NegotiatedAlgorithms negotiated() throws ConsoleException {
        return link.connection(OperationContext.none()).negotiated();
    }

    /// Runs `action` once when the session has ended, however it did; at once if it has already. A connection that is
    /// being made anew is no end.
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

    /// Uploads one file by SFTP under a temporary name and renames it when complete. Missing folders are created. Goes
    /// on where it was when the connection breaks, and then compares SHA-256.
    ///
    /// @param remote absolute, or relative to the user's home there
    /// @throws ConsoleException `host.upload-failed`
    public void upload(Path file, String remote, OperationContext context) throws ConsoleException {
        new HostFiles(this, link).upload(file, remote, context);
    }

    /// Downloads one file by SFTP beside its final name and renames it when complete; otherwise as [#upload].
    ///
    /// @throws ConsoleException `host.download-failed`
    public void download(String remote, Path file, OperationContext context) throws ConsoleException {
        new HostFiles(this, link).download(remote, file, context);
    }

    /// The folder where SFTP begins.
    String sftpHome(OperationContext context) throws ConsoleException, IOException {
        return new FileTransfer(link, context).home();
    }

    /// Ports of this computer that lead to addresses as the host sees them.
    public Tunnels tunnels() {
        return tunnels;
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
                link, "exec " + ShellLine.of(List.of(launcher, "dial", String.valueOf(cid), String.valueOf(port))));
    }

    @Override
    public void close() {
        tunnels.close();
        link.close();
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
}
