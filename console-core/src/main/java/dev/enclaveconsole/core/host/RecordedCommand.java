package dev.enclaveconsole.core.host;

import java.time.Duration;
import java.time.Instant;
import java.util.OptionalInt;

/// A command that was run on a host, as a POSIX shell line that can be pasted into a terminal there.
///
/// @param exitCode empty while it runs, or when the connection broke first
/// @param stdout what it wrote, at most the last 64 Ki characters; empty for a command whose lines were streamed
public record RecordedCommand(
        String commandLine, Instant startedAt, Duration took, OptionalInt exitCode, String stdout, String stderr) {}
