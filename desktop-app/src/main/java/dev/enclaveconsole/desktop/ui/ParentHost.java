package dev.enclaveconsole.desktop.ui;

import dev.enclaveconsole.core.host.HostEntry;
import java.nio.file.Path;
import java.util.Optional;

/// A parent host in the list.
///
/// @param knownHosts the only file that may vouch for its key; empty for the user's own known hosts
public record ParentHost(HostEntry entry, Optional<Path> knownHosts) {

    public static ParentHost stored(HostEntry entry) {
        return new ParentHost(entry, Optional.empty());
    }

    /// It lives as long as this window and is in no file.
    public boolean temporary() {
        return knownHosts.isPresent();
    }

    public String name() {
        return entry.name();
    }

    /// `user@address:port`, without the port if it is 22.
    public String target() {
        String port = entry.port() == 22 ? "" : ":" + entry.port();
        return entry.user() + "@" + entry.address() + port;
    }
}
