package dev.enclaveconsole.core.host;

import dev.enclaveconsole.core.failure.ConsoleException;
import dev.enclaveconsole.core.operation.OperationContext;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import java.util.Optional;
import javax.net.SocketFactory;
import net.schmizz.keepalive.KeepAliveRunner;
import net.schmizz.sshj.SSHClient;
import org.jspecify.annotations.Nullable;

/// Connects to one hop and checks its key, under its own name; does not log in.
final class HopConnector {
    private final SshHop hop;
    private final SshSettings settings;
    private final HostKeyDecider decider;
    private final ConnectListener listener;
    private final OperationContext context;
    private final HostKeyCheck check;
    private net.schmizz.sshj.transport.@Nullable NegotiatedAlgorithms agreed;

    HopConnector(
            SshHop hop,
            SshSettings settings,
            HostKeyDecider decider,
            ConnectListener listener,
            OperationContext context) {
        this.hop = hop;
        this.settings = settings;
        this.decider = decider;
        this.listener = listener;
        this.context = context;
        this.check = new HostKeyCheck(settings.knownHosts(), hop);
    }

    SSHClient connect(Optional<SSHClient> via) throws ConsoleException {
        SSHClient client = establish(via);
        if (client == null) {
            client = establish(via);
        }
        if (client == null) {
            throw new ConsoleException(HostKeyProblems.changedAgain(hop));
        }
        return client;
    }

    /// What the connection agreed on; only after [#connect].
    NegotiatedAlgorithms negotiated() {
        HostKeyCheck.Finding finding = check.finding();
        if (agreed == null || finding == null) {
            throw new IllegalStateException("not connected");
        }
        return NegotiatedAlgorithms.of(agreed, finding.presented());
    }

    /// @return null if the host's key was not known and is now: nobody keeps a connection waiting for an answer
    private @Nullable SSHClient establish(Optional<SSHClient> via) throws ConsoleException {
        HopSocket way = HopSocket.open(hop, via, settings, listener, context);
        SSHClient client = SshClients.create(settings, check.wantsCertificates());
        client.setSocketFactory(new Ready(way.socket()));
        client.addHostKeyVerifier(check);
        client.addAlgorithmsVerifier(algorithms -> {
            agreed = algorithms;
            return true;
        });
        listener.started(hop.name(), "host key");
        try (OperationContext.Registration _ = context.onCancel(() -> SshClients.closeQuietly(client))) {
            client.connect(hop.address(), hop.port());
            if (client.getConnection().getKeepAlive() instanceof KeepAliveRunner runner) {
                runner.setMaxAliveCount(3);
            }
            HostKeyCheck.Finding finding = check.finding();
            listener.passed(
                    finding == null
                            ? ""
                            : finding.presented().type() + " "
                                    + finding.presented().fingerprint());
            return client;
        } catch (IOException | RuntimeException e) {
            SshClients.closeQuietly(client);
            context.checkCancelled();
            learn(e, way);
            return null;
        }
    }

    /// Returns if the key is known now and a second connection makes sense.
    private void learn(Exception failure, HopSocket way) throws ConsoleException {
        IOException unreadable = check.unreadable();
        if (unreadable != null) {
            throw new ConsoleException(HostKeyProblems.unreadable(unreadable), unreadable);
        }
        HostKeyCheck.Finding finding = check.finding();
        if (finding == null || finding.opinion() instanceof KnownHosts.Opinion.Known) {
            String words = way.proxy().map(ProxyCommand::lastWords).orElse("");
            throw new ConsoleException(
                    words.isEmpty()
                            ? ConnectProblems.noKeyExchange(hop, failure, settings.connectTimeout())
                            : ProxyCommand.problem(hop, words),
                    failure);
        }
        HostKey key = finding.presented();
        switch (finding.opinion()) {
            case KnownHosts.Opinion.Changed(var expected) -> replace(key, expected);
            case KnownHosts.Opinion.Revoked _ -> throw new ConsoleException(HostKeyProblems.revoked(hop, key));
            case KnownHosts.Opinion.BadCertificate(var why) ->
                throw new ConsoleException(HostKeyProblems.badCertificate(hop, key, why));
            case KnownHosts.Opinion.Unknown _, KnownHosts.Opinion.Known _ -> ask(key);
        }
    }

    private void ask(HostKey key) throws ConsoleException {
        if (!settings.knownHosts().canRemember() || !decider.trust(key.question(place()))) {
            throw new ConsoleException(HostKeyProblems.unknown(hop, key));
        }
        try {
            settings.knownHosts().remember(hop.knownHostsName(), key);
        } catch (IOException e) {
            throw new ConsoleException(HostKeyProblems.unreadable(e), e);
        }
    }

    private void replace(HostKey key, List<HostKey> expected) throws ConsoleException {
        HostKeyDecider.Change change = new HostKeyDecider.Change(
                key.question(place()),
                expected.stream().map(k -> k.question(place())).toList());
        if (!settings.knownHosts().canRemember() || !decider.replace(change)) {
            throw new ConsoleException(HostKeyProblems.changed(hop, settings.knownHosts(), key, expected));
        }
        try {
            settings.knownHosts().replace(hop.knownHostsName(), key);
        } catch (IOException e) {
            throw new ConsoleException(HostKeyProblems.unreadable(e), e);
        }
    }

    private String place() {
        return hop.address() + ":" + hop.port();
    }

    /// Hands out one socket that is connected already.
    private static final class Ready extends SocketFactory {
        private final Socket socket;

        Ready(Socket socket) {
            this.socket = socket;
        }

        @Override
        public Socket createSocket() {
            return socket;
        }

        @Override
        public Socket createSocket(String host, int port) {
            return socket;
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress local, int localPort) {
            return socket;
        }

        @Override
        public Socket createSocket(InetAddress host, int port) {
            return socket;
        }

        @Override
        public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) {
            return socket;
        }
    }
}
