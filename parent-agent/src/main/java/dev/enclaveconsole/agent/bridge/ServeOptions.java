package dev.enclaveconsole.agent.bridge;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What `serve` is told.
///
/// @param listen where TCP connections are taken
/// @param target where they go
/// @param maxConnections further ones wait in the kernel's queue
/// @param idle a connection on which nothing moved for so long is ended
/// @param drain how long connections may go on after the command was told to stop
public record ServeOptions(
        InetSocketAddress listen, VsockAddress target, int maxConnections, Duration idle, Duration drain) {

    private static final Set<String> NAMES =
            Set.of("--listen", "--cid", "--port", "--max-connections", "--idle", "--drain");
    private static final int MOST_CONNECTIONS = 4096;
    private static final int LAST_PORT = 65_535;
    private static final int MOST_SECONDS = 86_400;

    /// @throws IllegalArgumentException when an option is unknown, missing or out of range
    public static ServeOptions parse(List<String> arguments) {
        Map<String, String> given = new HashMap<>();
        for (int at = 0; at < arguments.size(); at += 2) {
            String name = arguments.get(at);
            if (!NAMES.contains(name)) {
                throw new IllegalArgumentException("serve does not know " + name);
            }
            if (at + 1 == arguments.size()) {
                throw new IllegalArgumentException(name + " needs a value");
            }
            given.put(name, arguments.get(at + 1));
        }
        return new ServeOptions(
                address(required(given, "--listen")),
                VsockAddress.parse(required(given, "--cid"), required(given, "--port")),
                number(given, "--max-connections", 256, MOST_CONNECTIONS),
                Duration.ofSeconds(number(given, "--idle", 600, MOST_SECONDS)),
                Duration.ofSeconds(number(given, "--drain", 10, MOST_SECONDS)));
    }

    private static String required(Map<String, String> given, String name) {
        String value = given.get(name);
        if (value == null) {
            throw new IllegalArgumentException("serve needs " + name);
        }
        return value;
    }

    private static int number(Map<String, String> given, String name, int otherwise, int most) {
        return between(name, given.getOrDefault(name, String.valueOf(otherwise)), 1, most);
    }

    private static int between(String name, String text, int least, int most) {
        try {
            int value = Integer.parseInt(text);
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException _) {
            // Said below.
        }
        throw new IllegalArgumentException(name + " must be a number from " + least + " to " + most + ", not " + text);
    }

    /// `127.0.0.1:9000`, `[::]:443`, `0.0.0.0:443`.
    private static InetSocketAddress address(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 1) {
            throw new IllegalArgumentException("--listen must be ADDRESS:PORT, not " + text);
        }
        String host = text.substring(0, colon).replaceAll("^\\[(.*)]$", "$1");
        if (!host.matches("[0-9a-fA-F.:]+")) {
            throw new IllegalArgumentException("--listen needs a numeric address, not " + host);
        }
        return new InetSocketAddress(host, between("the port of --listen", text.substring(colon + 1), 0, LAST_PORT));
    }
}
