package dev.enclaveconsole.sandbox;

import java.nio.file.Path;

/// How to reach a sandbox host that runs on this machine for this user.
///
/// @param pid process that runs it
/// @param port SSH port on 127.0.0.1
/// @param user SSH user
/// @param identityFile private key (OpenSSH format, mode 0600) that it lets in; no other does
/// @param hostKey its host key as in known_hosts without the host: `ssh-ed25519 AAAA…`
/// @param home home folder on the sandbox host
public record RunningSandbox(long pid, int port, String user, Path identityFile, String hostKey, Path home) {

    /// The line of a known_hosts file for this host.
    public String knownHostsLine() {
        return "[127.0.0.1]:" + port + " " + hostKey;
    }
}
