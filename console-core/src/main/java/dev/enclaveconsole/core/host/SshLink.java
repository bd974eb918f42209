package dev.enclaveconsole.core.host;

import dev.enclaveconsole.core.failure.ConsoleException;
import dev.enclaveconsole.core.failure.Problem;
import dev.enclaveconsole.core.operation.OperationContext;
import java.io.IOException;
import java.net.SocketException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import net.schmizz.sshj.connection.channel.OpenFailException;
import net.schmizz.sshj.connection.channel.direct.Session;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The connection to one host as long as the session lasts: made anew, with growing pauses, when it breaks, and joined
/// by further ones when the host allows no more channels on it (`MaxSessions`).
final class SshLink implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SshLink.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);
    private static final int MOST_FURTHER = 8;
    private static final Set<String> PASSING = Set.of("host.unreachable", "host.connection-lost", "host.proxy-command");

    private final String host;
    private final SshConnector connector;
    private final Duration reconnectFor;
    private final List<Consumer<LinkState>> listeners = new CopyOnWriteArrayList<>();
    private final List<SshConnection> further = new ArrayList<>();
    private SshConnection current;
    private LinkState state = LinkState.CONNECTED;
    private @Nullable Problem end;

    private SshLink(String host, SshConnector connector, Duration reconnectFor, SshConnection first) {
        this.host = host;
        this.connector = connector;
        this.reconnectFor = reconnectFor;
        this.current = first;
    }

    static SshLink connect(
            HostEntry host,
            SshSettings settings,
            HostKeyDecider decider,
            PassphrasePrompt prompt,
            ConnectListener listener,
            OperationContext context)
            throws ConsoleException {
        SshConnector connector = new SshConnector(host, settings);
        SshConnection first = connector.connect(decider, prompt, listener, context);
        SshLink link = new SshLink(host.name(), connector, settings.reconnectFor(), first);
        link.watch(first);
        return link;
    }

    synchronized LinkState state() {
        return state;
    }

    /// `listener` hears of every change, on whichever thread caused it.
    void onState(Consumer<LinkState> listener) {
        listeners.add(listener);
    }

    /// The live connection; waits while it is being made anew.
    ///
    /// @throws ConsoleException `host.connection-lost` and what ended the attempts to reconnect
    SshConnection connection(OperationContext context) throws ConsoleException {
        SshConnection dead = deadConnection();
        if (dead != null) {
            lost(dead);
        }
        try (OperationContext.Registration _ = context.onCancel(this::wake)) {
            synchronized (this) {
                while (state == LinkState.RECONNECTING) {
                    context.checkCancelled();
                    wait();
                }
                if (state == LinkState.CLOSED) {
                    throw new ConsoleException(ending());
                }
                return current;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ConsoleException(ConnectProblems.lost(host, e), e);
        }
    }

    /// A channel for a command or a subsystem. A connection that breaks while it opens is waited for once.
    Session session(OperationContext context) throws ConsoleException, IOException {
        SshConnection connection = connection(context);
        try {
            return open(connection);
        } catch (OpenFailException full) {
            LOG.debug("{} opens no more channels on one connection: {}", host, full.getMessage());
            return furtherSession(full, context);
        } catch (IOException e) {
            if (connection.isAlive()) {
                throw e;
            }
            return open(connection(context));
        }
    }

    /// Something failed on this connection: unless it still opens a channel, it counts as broken from now on. A writer
    /// may notice the end of a connection before its reader does.
    void doubt(SshConnection connection) {
        try (Session _ = open(connection)) {
            LOG.debug("the connection to {} lives", host);
        } catch (OpenFailException e) {
            LOG.debug("{} still answers: {}", host, e.getMessage());
        } catch (IOException e) {
            lost(connection);
        }
    }

    private Session furtherSession(OpenFailException full, OperationContext context)
            throws ConsoleException, IOException {
        synchronized (further) {
            further.removeIf(connection -> !connection.isAlive());
            for (SshConnection connection : further) {
                try {
                    return open(connection);
                } catch (OpenFailException e) {
                    LOG.debug("{}: {}", host, e.getMessage());
                }
            }
            if (further.size() == MOST_FURTHER) {
                throw full;
            }
            SshConnection another =
                    connector.connect(HostKeyDecider.refuse(), PassphrasePrompt.none(), ConnectListener.NONE, context);
            further.add(another);
            return open(another);
        }
    }

    private static Session open(SshConnection connection) throws IOException {
        try {
            return connection.client().startSession();
        } catch (IllegalStateException e) {
            throw new SocketException("Not connected any more.");
        }
    }

    private void watch(SshConnection connection) {
        connection.client().getTransport().setDisconnectListener((reason, message) -> lost(connection));
        if (!connection.isAlive()) {
            lost(connection);
        }
    }

    private synchronized @Nullable SshConnection deadConnection() {
        return state == LinkState.CONNECTED && !current.isAlive() ? current : null;
    }

    private void lost(SshConnection connection) {
        LinkState next;
        synchronized (this) {
            if (state != LinkState.CONNECTED || !current.equals(connection)) {
                return;
            }
            next = reconnectFor.isZero() ? LinkState.CLOSED : LinkState.RECONNECTING;
            state = next;
            notifyAll();
        }
        LOG.debug("the connection to {} is lost", host);
        if (next == LinkState.RECONNECTING) {
            Thread.startVirtualThread(() -> reconnect(connection));
        }
        tell(next);
    }

    private void reconnect(SshConnection broken) {
        Thread.startVirtualThread(broken::close);
        Thread.startVirtualThread(this::closeFurther);
        Instant giveUp = Instant.now().plus(reconnectFor);
        Duration pause = FIRST_PAUSE;
        while (state() == LinkState.RECONNECTING) {
            try {
                renewed(connector.connect(
                        HostKeyDecider.refuse(),
                        PassphrasePrompt.none(),
                        ConnectListener.NONE,
                        OperationContext.none()));
                return;
            } catch (ConsoleException e) {
                LOG.debug("{}", e.problem().sentence());
                if (!PASSING.contains(e.problem().code()) || Instant.now().isAfter(giveUp)) {
                    end(e.problem());
                    return;
                }
            }
            sleep(pause);
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
        }
    }

    private void renewed(SshConnection connection) {
        synchronized (this) {
            if (state != LinkState.RECONNECTING) {
                Thread.startVirtualThread(connection::close);
                return;
            }
            current = connection;
            state = LinkState.CONNECTED;
            notifyAll();
        }
        tell(LinkState.CONNECTED);
        watch(connection);
    }

    /// Ends early when the session does.
    private synchronized void sleep(Duration pause) {
        long end = System.nanoTime() + pause.toNanos();
        try {
            long left = pause.toMillis();
            while (state == LinkState.RECONNECTING && left > 0) {
                wait(left);
                left = (end - System.nanoTime()) / 1_000_000;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void end(Problem why) {
        synchronized (this) {
            if (state == LinkState.CLOSED) {
                return;
            }
            end = why;
            state = LinkState.CLOSED;
            notifyAll();
        }
        tell(LinkState.CLOSED);
    }

    private Problem ending() {
        Problem why = end;
        return Problem.failed(
                "host.connection-lost",
                "The connection to " + host + " broke.",
                why == null ? "" : why.what() + " " + why.why(),
                "Connect again.");
    }

    private synchronized void wake() {
        notifyAll();
    }

    private void tell(LinkState now) {
        listeners.forEach(listener -> listener.accept(now));
    }

    private void closeFurther() {
        List<SshConnection> all;
        synchronized (further) {
            all = List.copyOf(further);
            further.clear();
        }
        all.forEach(SshConnection::close);
    }

    @Override
    public void close() {
        SshConnection open;
        boolean first;
        synchronized (this) {
            first = state != LinkState.CLOSED;
            state = LinkState.CLOSED;
            open = current;
            notifyAll();
        }
        open.close();
        closeFurther();
        if (first) {
            tell(LinkState.CLOSED);
        }
    }
}
