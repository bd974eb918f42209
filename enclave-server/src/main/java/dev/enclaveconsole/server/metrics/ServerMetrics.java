package dev.enclaveconsole.server.metrics;

import dev.enclaveconsole.protocol.api.ErrorCode;
import dev.enclaveconsole.protocol.api.PhaseTimings;
import dev.enclaveconsole.server.transport.HttpService;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;

/// Counts and latencies of this server. Labels are names of routes, statuses and phases; nothing of any request.
public final class ServerMetrics implements HttpService.TrafficListener {
    private static final List<String> PHASES = List.of("queue", "decode", "preprocess", "infer", "total");
    private static final int TRACE_LINES = 12;

    private final Consumer<String> console;
    private final AtomicInteger connections = new AtomicInteger();
    private final Map<String, LongAdder> answers = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> images = new ConcurrentHashMap<>();
    private final Map<String, LatencyWindow> phases = new LinkedHashMap<>();
    private final Map<String, Gauge> gauges = new TreeMap<>();

    private record Gauge(String help, DoubleSupplier value) {}

    /// @param console takes a line for each fault
    public ServerMetrics(Consumer<String> console) {
        this.console = console;
        PHASES.forEach(phase -> phases.put(phase, new LatencyWindow()));
        gauge("enclave_connections", "Open connections.", connections::get);
        gauge("enclave_resident_bytes", "Resident memory of the server.", ProcessMemory::residentBytes);
    }

    /// Adds a value that is read at each scrape. Only while the server is being put together.
    public void gauge(String name, String help, DoubleSupplier value) {
        gauges.put(name, new Gauge(help, value));
    }

    @Override
    public void connected() {
        connections.incrementAndGet();
    }

    @Override
    public void disconnected() {
        connections.decrementAndGet();
    }

    @Override
    public void answered(String route, int status) {
        add(answers, "route=\"%s\",status=\"%d\"".formatted(route, status), 1);
    }

    @Override
    public void fault(String what, Throwable cause) {
        var lines = new ArrayDeque<String>();
        lines.add("fault in %s: %s".formatted(what, cause.getClass().getName()));
        for (StackTraceElement element : cause.getStackTrace()) {
            if (lines.size() < TRACE_LINES) {
                lines.add("    at " + element);
            }
        }
        console.accept(String.join(System.lineSeparator(), lines));
    }

    /// One request has been predicted.
    ///
    /// @param failures one per image, empty for an image that was classified
    public void predicted(List<Optional<ErrorCode>> failures, PhaseTimings timings) {
        for (Optional<ErrorCode> failure : failures) {
            String result = failure.map(ErrorCode::name).orElse("ok");
            add(images, "result=\"" + result + "\"", 1);
        }
        record("queue", timings.queue());
        record("decode", timings.decode());
        record("preprocess", timings.preprocess());
        record("infer", timings.infer());
        record("total", timings.total());
    }

    private void record(String phase, long micros) {
        LatencyWindow window = phases.get(phase);
        if (window != null) {
            window.record(micros);
        }
    }

    private static void add(Map<String, LongAdder> counters, String labels, long amount) {
        counters.computeIfAbsent(labels, _ -> new LongAdder()).add(amount);
    }

    String prometheus() {
        var out = new PrometheusText();
        counters(out, "enclave_requests_total", "Answered requests by route and status.", answers);
        counters(out, "enclave_images_total", "Predicted images by result.", images);
        out.family(
                "enclave_predict_seconds",
                "summary",
                "Where the time of prediction requests went; quantiles over the last one to two minutes.");
        phases.forEach((phase, window) -> window.write(out, "enclave_predict_seconds", "phase=\"" + phase + "\""));
        gauges.forEach((name, gauge) -> out.family(name, "gauge", gauge.help())
                .sample(name, "", gauge.value().getAsDouble()));
        return out.toString();
    }

    private static void counters(PrometheusText out, String name, String help, Map<String, LongAdder> values) {
        out.family(name, "counter", help);
        new TreeMap<>(values).forEach((labels, count) -> out.sample(name, labels, (double) count.sum()));
    }
}
