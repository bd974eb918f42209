package dev.enclaveconsole.core.host;

import java.nio.file.Path;
import java.util.Optional;

/// A parent host as the user entered it.
///
/// @param allowUntrusted the user accepts enclaves on this host whose proof does not lead to AWS's root or that run in
///     debug mode; for learning and testing, never for confidential data
public record HostEntry(
        String name, String address, int port, String user, Optional<Path> identityFile, boolean allowUntrusted) {}
