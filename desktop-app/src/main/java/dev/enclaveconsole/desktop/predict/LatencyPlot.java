package dev.enclaveconsole.desktop.predict;

import static dev.enclaveconsole.desktop.ui.Texts.text;

import dev.enclaveconsole.core.benchmark.Plot;
import dev.enclaveconsole.core.benchmark.Plot.Axis;
import dev.enclaveconsole.core.benchmark.Plot.Form;
import dev.enclaveconsole.core.benchmark.Plot.Point;
import dev.enclaveconsole.core.benchmark.Plot.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/// The chart of a run: latency percentiles and throughput of each second.
final class LatencyPlot {

    /// @param note why the enclave is not trusted, empty if it is
    static Plot of(List<LatencySeries.Second> seconds, String note) {
        return new Plot(
                text("plot.title"),
                note,
                new Axis(text("plot.time"), "s"),
                new Axis(text("plot.latency"), "ms"),
                Optional.of(new Axis(text("plot.throughput"), text("plot.throughput.unit"))),
                List.of(
                        line("p50", seconds, LatencySeries.Second::p50Micros),
                        line("p95", seconds, LatencySeries.Second::p95Micros),
                        line("p99", seconds, LatencySeries.Second::p99Micros),
                        new Series(
                                text("plot.throughput"),
                                Form.BARS,
                                true,
                                seconds.stream()
                                        .map(s -> new Point(s.second(), s.completed()))
                                        .toList())));
    }

    /// Idle seconds break the line.
    private static Series line(
            String name, List<LatencySeries.Second> seconds, ToDoubleFunction<LatencySeries.Second> micros) {
        List<Point> points = new ArrayList<>();
        long before = -1;
        for (LatencySeries.Second second : seconds) {
            if (before >= 0 && second.second() > before + 1) {
                points.add(new Point(before + 1, Double.NaN));
            }
            points.add(new Point(second.second(), micros.applyAsDouble(second) / 1000));
            before = second.second();
        }
        return new Series(name, Form.LINE, false, points);
    }

    private LatencyPlot() {}
}
