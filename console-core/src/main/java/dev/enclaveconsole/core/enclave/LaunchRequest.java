package dev.enclaveconsole.core.enclave;

import java.util.Optional;

/// What to launch.
///
/// @param image a path of an EIF on the parent host, or the name NAME of `~/.enclave-console/images/NAME.eif` there
/// @param name the enclave's name; nitro-cli derives it from the file if empty
public record LaunchRequest(String image, Optional<String> name, int cpuCount, int memoryMib, boolean debug) {}
