package dev.enclaveconsole.core.host;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A parent host as the user entered it.
///
/// @param allowUntrusted the user accepts enclaves on this host whose proof does not lead to AWS's root or that run in
///     debug mode; for learning and testing, never for confidential data
/// @param ssh what else an SSH client has to know to get there
public record HostEntry(
        String name,
        String address,
        int port,
        String user,
        Optional<Path> identityFile,
        boolean allowUntrusted,
        SshOptions ssh) {

    @JsonCreator
    public HostEntry {
        identityFile = identityFile == null ? Optional.empty() : identityFile;
        ssh = ssh == null ? SshOptions.NONE : ssh;
    }

    /// Reached directly, with one key or the usual ones.
    public HostEntry(
            String name, String address, int port, String user, Optional<Path> identityFile, boolean allowUntrusted) {
        this(name, address, port, user, identityFile, allowUntrusted, SshOptions.NONE);
    }

    public HostEntry withSsh(SshOptions value) {
        return new HostEntry(name, address, port, user, identityFile, allowUntrusted, value);
    }

    /// The servers on the way, this host last.
    public List<SshHop> route() {
        List<Path> identities = new ArrayList<>();
        identityFile.ifPresent(identities::add);
        identities.addAll(ssh.moreIdentities());
        List<SshHop> route = new ArrayList<>(ssh.jumps());
        route.add(new SshHop(
                name,
                address,
                port,
                user,
                identities,
                ssh.identitiesOnly(),
                ssh.jumps().isEmpty() ? ssh.proxyCommand() : Optional.empty(),
                ssh.hostKeyName()));
        return List.copyOf(route);
    }
}
