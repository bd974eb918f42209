package dev.enclaveconsole.core.host;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// How a host is reached when address, user and one key do not say it all; as `~/.ssh/config` would.
///
/// @param moreIdentities key files that are tried after the entry's own
/// @param identitiesOnly keys of the SSH agent count only if they are one of the entry's
/// @param jumps hosts to go through, the nearest first; each has its own key in known_hosts
/// @param proxyCommand see [SshHop]; not used together with `jumps`
/// @param hostKeyName see [SshHop]
public record SshOptions(
        List<Path> moreIdentities,
        boolean identitiesOnly,
        List<SshHop> jumps,
        Optional<String> proxyCommand,
        Optional<String> hostKeyName) {
    public static final SshOptions NONE =
            new SshOptions(List.of(), false, List.of(), Optional.empty(), Optional.empty());

    public SshOptions {
        moreIdentities = moreIdentities == null ? List.of() : List.copyOf(moreIdentities);
        jumps = jumps == null ? List.of() : List.copyOf(jumps);
        proxyCommand = proxyCommand == null ? Optional.empty() : proxyCommand;
        hostKeyName = hostKeyName == null ? Optional.empty() : hostKeyName;
    }
}
