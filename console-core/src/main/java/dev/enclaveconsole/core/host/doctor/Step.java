package dev.enclaveconsole.core.host.doctor;

/// One command of a fix.
///
/// @param says what it does, for people
/// @param command POSIX shell text, run as it stands by `sh -c`, and good to be pasted into a terminal there
public record Step(String says, String command) {

    String firstLine() {
        return command.lines().findFirst().orElse("");
    }
}
