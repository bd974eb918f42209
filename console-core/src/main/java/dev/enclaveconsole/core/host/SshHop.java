package dev.enclaveconsole.core.host;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// One SSH server on the way to a parent host; the parent host itself is the last.
///
/// @param name how it is called in messages
/// @param identities key files in the order in which they are tried; the usual ones of `~/.ssh` if empty
/// @param identitiesOnly keys of the SSH agent count only if they are one of `identities`
/// @param proxyCommand run on this computer by its shell, with `%h`, `%p`, `%r`, `%n`; its standard streams are the
///     connection. Only of use for the first hop
/// @param hostKeyName the name under which the server's key is known, if it is not the address (`HostKeyAlias`)
public record SshHop(
        String name,
        String address,
        int port,
        String user,
        List<Path> identities,
        boolean identitiesOnly,
        Optional<String> proxyCommand,
        Optional<String> hostKeyName) {

    public SshHop {
        identities = identities == null ? List.of() : List.copyOf(identities);
        proxyCommand = proxyCommand == null ? Optional.empty() : proxyCommand;
        hostKeyName = hostKeyName == null ? Optional.empty() : hostKeyName;
    }

    /// As it stands in known_hosts: the alias as it is, else `address` or `[address]:port`.
    String knownHostsName() {
        return hostKeyName.map(String::toLowerCase).orElseGet(() -> KnownHosts.name(address, port));
    }

    /// `user@address:port`
    public String target() {
        return user + "@" + address + ":" + port;
    }
}
