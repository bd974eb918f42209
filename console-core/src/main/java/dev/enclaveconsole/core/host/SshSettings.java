package dev.enclaveconsole.core.host;

import dev.enclaveconsole.core.secrets.SecretStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// What an SSH session needs besides the host itself.
///
/// @param sshFolder where default keys are looked for, usually `~/.ssh`
/// @param agentArchive the distribution's `agent/parent-agent-linux-x86_64.tar.gz`, beside it `….sha256`
/// @param keepAlive interval of keep-alive requests; three unanswered ones end the connection
/// @param keyAgent the user's SSH agent: a Unix socket or a Windows pipe
/// @param secrets where passphrases are kept if the user wants it
/// @param reconnectFor how long a broken connection is tried again before the session ends
public record SshSettings(
        KnownHosts knownHosts,
        Path sshFolder,
        Optional<Path> agentArchive,
        Duration connectTimeout,
        Duration keepAlive,
        Optional<String> keyAgent,
        SecretStore secrets,
        Duration reconnectFor) {
    public static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    public static final Duration KEEP_ALIVE = Duration.ofSeconds(15);
    public static final Duration RECONNECT_FOR = Duration.ofMinutes(2);

    /// Without SSH agent and keychain.
    public SshSettings(
            KnownHosts knownHosts,
            Path sshFolder,
            Optional<Path> agentArchive,
            Duration connectTimeout,
            Duration keepAlive) {
        this(
                knownHosts,
                sshFolder,
                agentArchive,
                connectTimeout,
                keepAlive,
                Optional.empty(),
                SecretStore.none(),
                RECONNECT_FOR);
    }

    /// `SSH_AUTH_SOCK`, or OpenSSH's pipe on Windows.
    public static Optional<String> keyAgentOfThisUser() {
        return KeyAgent.addressOfThisUser(System.getenv(), System.getProperty("os.name"));
    }

    public SshSettings withKnownHosts(KnownHosts value) {
        return new SshSettings(
                value, sshFolder, agentArchive, connectTimeout, keepAlive, keyAgent, secrets, reconnectFor);
    }

    public SshSettings withKeyAgent(Optional<String> value) {
        return new SshSettings(
                knownHosts, sshFolder, agentArchive, connectTimeout, keepAlive, value, secrets, reconnectFor);
    }

    public SshSettings withSecrets(SecretStore value) {
        return new SshSettings(
                knownHosts, sshFolder, agentArchive, connectTimeout, keepAlive, keyAgent, value, reconnectFor);
    }

    public SshSettings reconnectingFor(Duration value) {
        return new SshSettings(
                knownHosts, sshFolder, agentArchive, connectTimeout, keepAlive, keyAgent, secrets, value);
    }
}
