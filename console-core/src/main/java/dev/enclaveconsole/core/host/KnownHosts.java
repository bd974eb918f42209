package dev.enclaveconsole.core.host;

import java.nio.file.Path;
import java.util.List;

/// Which files say what the keys of hosts are.
///
/// @param own the console's own file; new keys are remembered here
/// @param readOnly files that are read, never written, e.g. `~/.ssh/known_hosts`
public record KnownHosts(Path own, List<Path> readOnly) {
    public KnownHosts {
        readOnly = List.copyOf(readOnly);
    }
}
