package dev.enclaveconsole.server.transport;

import java.time.Duration;
import java.util.Optional;

/// What every connection of the server shares.
public record HttpService(
        Router router, BodyBudget budget, OperatorCheck operators, ConnectionLimits limits, TrafficListener listener) {

    /// Whether the key of a client certificate may use a route for operators.
    @FunctionalInterface
    public interface OperatorCheck {
        boolean permits(Optional<byte[]> clientSpki);
    }

    /// @param receive longest silence while a request or an answer is under way
    /// @param keepAlive longest silence between requests
    public record ConnectionLimits(int maxConnections, Duration receive, Duration keepAlive) {
        public static final ConnectionLimits DEFAULT =
                new ConnectionLimits(512, Duration.ofSeconds(30), Duration.ofMinutes(5));
    }

    /// Told about traffic for the metrics. Called on event loops.
    public interface TrafficListener {
        void connected();

        void disconnected();

        /// @param route the route's name, or `none`
        void answered(String route, int status);

        /// A fault of ours: `what` names the place, `cause` has the trace. Holds no request content.
        void fault(String what, Throwable cause);
    }
}
