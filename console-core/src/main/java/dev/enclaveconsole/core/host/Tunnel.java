package dev.enclaveconsole.core.host;

import java.util.Optional;

/// A tunnel as it is now.
///
/// @param spec with the port that is really open
/// @param connections open now
/// @param sent bytes that went to the host
/// @param received bytes that came from it
/// @param lastProblem why a connection through it failed last, if one did
public record Tunnel(
        TunnelSpec spec, State state, int connections, long sent, long received, Optional<String> lastProblem) {
    public enum State {
        /// Connections go through.
        OPEN,
        /// The host's connection is being made anew; connections wait.
        WAITING,
        CLOSED
    }
}
