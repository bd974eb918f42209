package dev.enclaveconsole.core.host;

import dev.enclaveconsole.core.failure.Problem;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;

/// What to tell when a host cannot be reached or the connection breaks.
final class ConnectProblems {

    static Problem unreachable(HostEntry host, Throwable cause, Duration timeout) {
        String why = switch (cause) {
            case UnknownHostException _ -> "There is no such name.";
            case SocketTimeoutException _ -> "It did not answer within " + timeout.toSeconds() + " s.";
            case ConnectException _ -> "Nothing listens there: " + cause.getMessage() + ".";
            case NoRouteToHostException _ -> "There is no way to it from this network.";
            default -> String.valueOf(cause.getMessage());
        };
        return Problem.failed(
                "host.unreachable",
                "The host " + host.name() + " (" + host.address() + ":" + host.port() + ") cannot be reached.",
                why,
                "Check that it runs, its address and port, and that its security group lets this computer in.");
    }

    static Problem lost(HostEntry host, Throwable cause) {
        return Problem.failed(
                "host.connection-lost",
                "The connection to " + host.name() + " broke.",
                String.valueOf(cause.getMessage()),
                "Connect again.");
    }

    private ConnectProblems() {}
}
