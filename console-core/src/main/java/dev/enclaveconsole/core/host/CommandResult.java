package dev.enclaveconsole.core.host;

/// A finished remote command: separate streams, UTF-8, no pty.
public record CommandResult(String command, int exitCode, String stdout, String stderr) {}
