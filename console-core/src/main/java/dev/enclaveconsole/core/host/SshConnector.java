package dev.enclaveconsole.core.host;

import dev.enclaveconsole.core.failure.ConsoleException;
import dev.enclaveconsole.core.failure.Problem;
import dev.enclaveconsole.core.operation.OperationContext;
import java.io.IOException;
import java.time.Duration;
import java.util.stream.Collectors;
import net.schmizz.keepalive.KeepAliveRunner;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.connection.channel.direct.Session;
import net.schmizz.sshj.userauth.UserAuthException;

/// Makes one connected, logged-in client: key check with the first-use question, login, tuning.
final class SshConnector {
    private static final Duration NEAR = Duration.ofMillis(5);
    private static final long BYTES_PER_MILLI = 125_000;
    private static final long LARGEST_WINDOW = 32L << 20;

    private final HostEntry host;
    private final SshSettings settings;
    private final HostKeyDecider decider;
    private final PassphrasePrompt prompt;

    SshConnector(HostEntry host, SshSettings settings, HostKeyDecider decider, PassphrasePrompt prompt) {
        this.host = host;
        this.settings = settings;
        this.decider = decider;
        this.prompt = prompt;
    }

    SSHClient connect(OperationContext context) throws ConsoleException {
        context.report("Connecting to " + host.user() + "@" + host.address() + ":" + host.port());
        SSHClient client = SshClients.create(settings);
        HostKeyCheck check = new HostKeyCheck(settings.knownHosts());
        if (!establish(client, check, context)) {
            askAndRemember(check);
            client = SshClients.create(settings);
            if (!establish(client, check, context)) {
                throw new ConsoleException(HostKeyProblems.changedAgain(host));
            }
        }
        try (OperationContext.Registration _ = closeOnCancel(client, context)) {
            context.report("Logging in as " + host.user());
            login(client);
            tune(client);
            return client;
        } catch (ConsoleException | RuntimeException e) {
            SshClients.closeQuietly(client);
            context.checkCancelled();
            throw e;
        }
    }

    /// @return false if the host's key is not known yet
    private boolean establish(SSHClient client, HostKeyCheck check, OperationContext context) throws ConsoleException {
        client.addHostKeyVerifier(check);
        try (OperationContext.Registration _ = closeOnCancel(client, context)) {
            client.connect(host.address(), host.port());
            if (client.getConnection().getKeepAlive() instanceof KeepAliveRunner runner) {
                runner.setMaxAliveCount(3);
            }
            return true;
        } catch (IOException | RuntimeException e) {
            SshClients.closeQuietly(client);
            context.checkCancelled();
            HostKeyCheck.Finding finding = check.finding();
            IOException unreadable = check.unreadable();
            if (unreadable != null) {
                throw new ConsoleException(HostKeyProblems.unreadable(unreadable), unreadable);
            }
            if (finding == null || finding.opinion() instanceof KnownHosts.Opinion.Known) {
                throw new ConsoleException(ConnectProblems.unreachable(host, e, settings.connectTimeout()), e);
            }
            return switch (finding.opinion()) {
                case KnownHosts.Opinion.Changed(var expected) ->
                    throw new ConsoleException(
                            HostKeyProblems.changed(host, settings.knownHosts(), finding.presented(), expected));
                case KnownHosts.Opinion.Revoked _ ->
                    throw new ConsoleException(HostKeyProblems.revoked(host, finding.presented()));
                case KnownHosts.Opinion.Unknown _, KnownHosts.Opinion.Known _ -> false;
            };
        }
    }

    private void askAndRemember(HostKeyCheck check) throws ConsoleException {
        HostKeyCheck.Finding finding = check.finding();
        if (finding == null) {
            throw new IllegalStateException("no key was presented");
        }
        HostKey key = finding.presented();
        HostKeyDecider.Question question = new HostKeyDecider.Question(
                host.address() + ":" + host.port(), key.type(), key.fingerprint(), key.randomart());
        if (!settings.knownHosts().canRemember() || !decider.trust(question)) {
            throw new ConsoleException(HostKeyProblems.unknown(host, key));
        }
        try {
            settings.knownHosts().remember(host.address(), host.port(), key);
        } catch (IOException e) {
            throw new ConsoleException(HostKeyProblems.unreadable(e), e);
        }
    }

    private void login(SSHClient client) throws ConsoleException {
        Identities identities = new Identities(host, settings.sshFolder(), prompt);
        var keys = identities.load(client);
        try {
            client.authPublickey(host.user(), keys);
        } catch (UserAuthException e) {
            String allowed = client.getUserAuth() == null
                    ? ""
                    : " It accepts: "
                            + java.util.stream.StreamSupport.stream(
                                            client.getUserAuth()
                                                    .getAllowedMethods()
                                                    .spliterator(),
                                            false)
                                    .collect(Collectors.joining(", "))
                            + ".";
            throw new ConsoleException(
                    Problem.failed(
                            "host.login-refused",
                            "The host " + host.name() + " refuses the login of " + host.user() + ".",
                            "It does not accept the key " + identities.describe() + "." + allowed,
                            "Check user name and key; on Amazon Linux the user is ec2-user."),
                    e);
        } catch (IOException e) {
            throw new ConsoleException(ConnectProblems.lost(host, e), e);
        }
    }

    /// Runs `true` once, which makes OpenSSH's server send small packets at once, and sizes the receive window by the
    /// round trip seen while its channel opened.
    private void tune(SSHClient client) throws ConsoleException {
        long start = System.nanoTime();
        try (Session session = client.startSession()) {
            Duration roundTrip = Duration.ofNanos(System.nanoTime() - start);
            if (roundTrip.compareTo(NEAR) > 0) {
                long window = Math.min(LARGEST_WINDOW, Math.max(2L << 20, roundTrip.toMillis() * BYTES_PER_MILLI));
                client.getConnection().setWindowSize(window);
            }
            session.exec("true").join();
        } catch (IOException e) {
            throw new ConsoleException(ConnectProblems.lost(host, e), e);
        }
    }

    private static OperationContext.Registration closeOnCancel(SSHClient client, OperationContext context) {
        return context.onCancel(() -> SshClients.closeQuietly(client));
    }
}
