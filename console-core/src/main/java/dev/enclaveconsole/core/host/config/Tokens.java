package dev.enclaveconsole.core.host.config;

import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The tokens of ssh_config(5) in values: what stands for itself here is kept.
///
/// @param name as the user calls the host (`%n`)
record Tokens(String name, String address, int port, String user, String localUser, Path home) {
    private static final Pattern TOKEN = Pattern.compile("%[%dhnpru]");
    private static final Pattern IN_HOST_NAME = Pattern.compile("%[%h]");

    /// `HostName` knows only `%h`, which means the name there.
    static String hostName(String value, String name) {
        return IN_HOST_NAME
                .matcher(value)
                .replaceAll(match -> Matcher.quoteReplacement(match.group().equals("%h") ? name : "%"));
    }

    /// A path, with `~` for the home folder.
    Path path(String value) {
        String expanded = TOKEN.matcher(value)
                .replaceAll(match -> Matcher.quoteReplacement(
                        switch (match.group()) {
                            case "%d" -> home.toString();
                            case "%h" -> address;
                            case "%n" -> name;
                            case "%p" -> String.valueOf(port);
                            case "%r" -> user;
                            case "%u" -> localUser;
                            default -> "%";
                        }));
        if (expanded.equals("~") || expanded.startsWith("~/")) {
            return home.resolve(expanded.length() < 2 ? "" : expanded.substring(2))
                    .normalize();
        }
        return home.resolve(expanded).normalize();
    }
}
