package dev.enclaveconsole.core.host;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Turns an argument list into one line for a POSIX shell.
final class ShellLine {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");

    static String of(List<String> command) {
        return command.stream().map(ShellLine::quote).collect(Collectors.joining(" "));
    }

    private static String quote(String argument) {
        return PLAIN.matcher(argument).matches() ? argument : "'" + argument.replace("'", "'\\''") + "'";
    }

    private ShellLine() {}
}
