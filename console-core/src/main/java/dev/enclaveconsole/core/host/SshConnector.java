package dev.enclaveconsole.core.host;

import dev.enclaveconsole.core.failure.ConsoleException;
import dev.enclaveconsole.core.operation.OperationContext;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.connection.channel.direct.Session;

/// Makes connected, logged-in clients: hop by hop, each with its own key check and login, then tuning. Keys that were
/// unlocked once stay so for later connections to the same host.
final class SshConnector {
    private static final Duration NEAR = Duration.ofMillis(5);
    private static final long BYTES_PER_MILLI = 125_000;
    private static final long LARGEST_WINDOW = 32L << 20;

    private final HostEntry host;
    private final SshSettings settings;
    private final Map<SshHop, Login> logins = new HashMap<>();

    SshConnector(HostEntry host, SshSettings settings) {
        this.host = host;
        this.settings = settings;
    }

    SshConnection connect(
            HostKeyDecider decider, PassphrasePrompt prompt, ConnectListener listener, OperationContext context)
            throws ConsoleException {
        List<SSHClient> clients = new ArrayList<>();
        try (OperationContext.Registration _ =
                context.onCancel(() -> List.copyOf(clients).reversed().forEach(SshClients::closeQuietly))) {
            NegotiatedAlgorithms negotiated = null;
            for (SshHop hop : host.route()) {
                context.report("Connecting to " + hop.target());
                Optional<SSHClient> via = clients.isEmpty() ? Optional.empty() : Optional.of(clients.getLast());
                HopConnector connector = new HopConnector(hop, settings, decider, listener, context);
                SSHClient client = connector.connect(via);
                clients.add(client);
                negotiated = connector.negotiated();
                context.report("Logging in as " + hop.user());
                listener.started(hop.name(), "auth");
                listener.passed(login(hop).login(client, prompt));
            }
            Duration roundTrip = tune(clients.getLast());
            context.checkCancelled();
            if (negotiated == null) {
                throw new IllegalStateException("a route without hops");
            }
            return new SshConnection(List.copyOf(clients), negotiated, roundTrip);
        } catch (ConsoleException | RuntimeException e) {
            clients.reversed().forEach(SshClients::closeQuietly);
            context.checkCancelled();
            throw e;
        }
    }

    private synchronized Login login(SshHop hop) {
        return logins.computeIfAbsent(hop, h -> new Login(h, settings));
    }

    /// Runs `true` once, which makes OpenSSH's server send small packets at once, and sizes the receive window by the
    /// round trip seen while its channel opened.
    private Duration tune(SSHClient client) throws ConsoleException {
        long start = System.nanoTime();
        try (Session session = client.startSession()) {
            Duration roundTrip = Duration.ofNanos(System.nanoTime() - start);
            if (roundTrip.compareTo(NEAR) > 0) {
                long window = Math.min(LARGEST_WINDOW, Math.max(2L << 20, roundTrip.toMillis() * BYTES_PER_MILLI));
                client.getConnection().setWindowSize(window);
            }
            session.exec("true").join(10, TimeUnit.SECONDS);
            return roundTrip;
        } catch (IOException e) {
            throw new ConsoleException(ConnectProblems.lost(host.name(), e), e);
        }
    }
}
