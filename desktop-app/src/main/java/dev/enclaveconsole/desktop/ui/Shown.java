package dev.enclaveconsole.desktop.ui;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// Values as people read them.
public final class Shown {

    /// Arguments as one POSIX shell line.
    public static String commandLine(List<String> arguments) {
        return arguments.stream().map(Shown::quoted).collect(Collectors.joining(" "));
    }

    private static String quoted(String argument) {
        return argument.matches("[A-Za-z0-9_./:=@%+,~-]+") ? argument : "'" + argument.replace("'", "'\\''") + "'";
    }

    /// The beginning of a digest, enough to recognise it.
    public static String shortHex(String hex) {
        return hex.length() <= 16 ? hex : hex.substring(0, 16) + "…";
    }

    /// Hex in groups of eight, as it is compared by eye.
    public static String grouped(String hex) {
        return hex.matches("[0-9a-fA-F]{16,}") ? hex.replaceAll("(.{8})(?=.)", "$1 ") : hex;
    }

    /// `0.42`, `4.2`, `42` milliseconds.
    public static String millis(long micros) {
        double millis = micros / 1000.0;
        String format = millis >= 100 ? "%.0f" : millis >= 10 ? "%.1f" : "%.2f";
        return String.format(Locale.ROOT, format, millis);
    }

    public static String bytes(long bytes) {
        if (bytes < 1024) {
            return bytes + " B";
        }
        return bytes < 1024 * 1024 ? bytes / 1024 + " KiB" : String.format(Locale.ROOT, "%.1f MiB", bytes / 1048576.0);
    }

    private Shown() {}
}
