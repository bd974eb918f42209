package dev.enclaveconsole.server.metrics;

import dev.enclaveconsole.server.transport.Reply;
import dev.enclaveconsole.server.transport.Route;
import java.util.List;
import java.util.function.Supplier;

/// `GET /metrics` and `GET /health`. Neither holds a secret, so anyone may ask.
public final class MetricsRoutes {
    private final ServerMetrics metrics;
    private final Supplier<Health> health;

    /// `status` is `ok` as long as the server answers; `faults` are the models that could not be loaded.
    public record Health(String status, String model, List<String> models, boolean claimed, List<String> faults) {}

    public MetricsRoutes(ServerMetrics metrics, Supplier<Health> health) {
        this.metrics = metrics;
        this.health = health;
    }

    public List<Route> routes() {
        return List.of(
                Route.get(
                        "/metrics",
                        "metrics",
                        exchange -> exchange.answer(Reply.text(PrometheusText.CONTENT_TYPE, metrics.prometheus()))),
                Route.get("/health", "health", exchange -> exchange.answer(Reply.json(200, health.get()))));
    }
}
