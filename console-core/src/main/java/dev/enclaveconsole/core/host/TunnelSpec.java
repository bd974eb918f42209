package dev.enclaveconsole.core.host;

import dev.enclaveconsole.core.failure.ConsoleException;
import dev.enclaveconsole.core.failure.Problem;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A port of this computer and where it leads.
///
/// @param localPort on 127.0.0.1; 0 for a free one
/// @param remoteHost as the parent host sees it, usually `127.0.0.1`
public record TunnelSpec(int localPort, String remoteHost, int remotePort) {
    private static final Pattern ARROW =
            Pattern.compile("(?:(?:(?:127\\.0\\.0\\.1|localhost):)?(\\d{1,5})\\s*(?:->|→|:)\\s*)?"
                    + "(?:([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:]+]):)?(\\d{1,5})");

    /// `8888 -> 80`, `8888:80`, `8888:HOST:80` as for `ssh -L`, or `80` for any free port.
    ///
    /// @throws ConsoleException `tunnel.unreadable`
    public static TunnelSpec parse(String text) throws ConsoleException {
        Matcher matcher = ARROW.matcher(text.strip());
        if (!matcher.matches()) {
            throw new ConsoleException(unreadable(text));
        }
        String host = matcher.group(2) == null ? "127.0.0.1" : matcher.group(2).replaceAll("[\\[\\]]", "");
        int local = matcher.group(1) == null ? 0 : Integer.parseInt(matcher.group(1));
        int remote = Integer.parseInt(matcher.group(3));
        if (local > 65535 || remote > 65535 || remote == 0) {
            throw new ConsoleException(unreadable(text));
        }
        return new TunnelSpec(local, host, remote);
    }

    private static Problem unreadable(String text) {
        return Problem.usage(
                "tunnel.unreadable",
                "A tunnel cannot be read from " + text + ".",
                "It has to name ports between 1 and 65535.",
                "Write it as 8888:80 or 8888:HOST:80.");
    }

    @Override
    public String toString() {
        return localPort + " → " + (remoteHost.equals("127.0.0.1") ? "" : remoteHost + ":") + remotePort;
    }
}
