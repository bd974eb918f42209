package dev.enclaveconsole.core.host;

import dev.enclaveconsole.core.failure.Problem;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What to tell when a host cannot be reached or the connection breaks.
final class ConnectProblems {
    private static final Pattern NO_SETTLEMENT =
            Pattern.compile("Unable to reach a settlement of (\\w+): \\[.*?] and \\[(.*?)]");

    static Problem unreachable(SshHop hop, Throwable cause, Duration timeout) {
        String why = switch (cause) {
            case UnknownHostException _ -> "There is no such name.";
            case SocketTimeoutException _ -> "It did not answer within " + timeout.toSeconds() + " s.";
            case ConnectException _ -> "Nothing listens there: " + cause.getMessage() + ".";
            case NoRouteToHostException _ -> "There is no way to it from this network.";
            default -> String.valueOf(cause.getMessage());
        };
        return Problem.failed(
                "host.unreachable",
                "The host " + hop.name() + " (" + hop.address() + ":" + hop.port() + ") cannot be reached.",
                why,
                "Check that it runs, its address and port, and that its security group lets this computer in.");
    }

    /// The connection ended before the key exchange did.
    static Problem noKeyExchange(SshHop hop, Throwable cause, Duration timeout) {
        for (Throwable at = cause; at != null; at = at.getCause()) {
            Matcher settlement = NO_SETTLEMENT.matcher(String.valueOf(at.getMessage()));
            if (settlement.find()) {
                return Problem.failed(
                        "host.algorithms",
                        "There is no way to encrypt that both the host " + hop.name() + " and this console accept.",
                        "It offers only " + settlement.group(2) + " as " + settlement.group(1)
                                + "; these are retired or unknown.",
                        "Update OpenSSH on the host, or allow a current algorithm in its sshd_config.");
            }
        }
        return unreachable(hop, cause, timeout);
    }

    static Problem lost(String host, Throwable cause) {
        return Problem.failed(
                "host.connection-lost",
                "The connection to " + host + " broke.",
                String.valueOf(cause.getMessage()),
                "Connect again.");
    }

    private ConnectProblems() {}
}
