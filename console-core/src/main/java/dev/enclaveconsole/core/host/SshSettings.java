package dev.enclaveconsole.core.host;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// What an SSH session needs besides the host itself.
///
/// @param sshFolder where default keys are looked for, usually `~/.ssh`
/// @param agentArchive the distribution's `agent/parent-agent-linux-x86_64.tar.gz`, beside it `….sha256`
/// @param keepAlive interval of keep-alive requests; three unanswered ones end the session
public record SshSettings(
        KnownHosts knownHosts,
        Path sshFolder,
        Optional<Path> agentArchive,
        Duration connectTimeout,
        Duration keepAlive) {
    public static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    public static final Duration KEEP_ALIVE = Duration.ofSeconds(15);

    public SshSettings withKnownHosts(KnownHosts value) {
        return new SshSettings(value, sshFolder, agentArchive, connectTimeout, keepAlive);
    }
}
