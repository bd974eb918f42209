package dev.enclaveconsole.desktop.cli;

import dev.enclaveconsole.core.failure.Problem;
import dev.enclaveconsole.core.predict.ImageSource;
import dev.enclaveconsole.core.predict.PredictEntry;
import dev.enclaveconsole.core.predict.PredictStatistics;
import dev.enclaveconsole.protocol.api.PhaseTimings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// One image's outcome as the terminal shows it. `latencyMs` is what the user waited; `timings` are the enclave's own,
/// in microseconds.
record PredictionView(
        String file,
        Optional<String> model,
        List<Label> top,
        Optional<Double> latencyMs,
        Optional<PhaseTimings> timings,
        Optional<Map<String, String>> error) {

    record Label(String label, double score) {}

    /// Percentiles over `n` successful requests, in milliseconds.
    record Latency(double p50, double p95, double p99, double max, long n, long errors, String unit) {
        static Latency of(PredictStatistics statistics) {
            PredictStatistics.Latency micros = statistics.latency();
            return new Latency(
                    micros.p50Micros() / 1e3,
                    micros.p95Micros() / 1e3,
                    micros.p99Micros() / 1e3,
                    micros.maxMicros() / 1e3,
                    statistics.n(),
                    statistics.errorCount(),
                    "ms");
        }

        String text() {
            String failed = errors == 0 ? "" : "; %d more failed".formatted(errors);
            return n == 0
                    ? "No request succeeded" + failed
                    : "Latency of %d %s: p50 %.1f ms, p95 %.1f ms, p99 %.1f ms%s"
                            .formatted(n, n == 1 ? "request" : "requests", p50, p95, p99, failed);
        }
    }

    static PredictionView of(PredictEntry entry) {
        return new PredictionView(
                entry.path().map(Path::toString).orElse(entry.file()),
                entry.problem().isPresent() ? Optional.empty() : Optional.of(entry.model()),
                entry.top().stream().map(l -> new Label(l.label(), l.score())).toList(),
                entry.problem().isPresent() ? Optional.empty() : Optional.of(entry.latencyMicros() / 1e3),
                entry.timings(),
                entry.problem().map(Output::error));
    }

    static PredictionView of(ImageSource.Rejected rejected) {
        return new PredictionView(
                rejected.file().toString(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(Output.error(rejected.problem())));
    }

    static PredictionView notSent(ImageSource image) {
        Problem problem = Problem.failed(
                "predict.not-sent", image.name() + " was not sent.", "", "Send it again when the enclave answers.");
        return new PredictionView(
                image.file().map(Path::toString).orElse(image.name()),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(Output.error(problem)));
    }

    /// One for each image and each rejected file; images without an entry were not sent.
    static List<PredictionView> all(List<PredictEntry> entries, ImageSource.Selection selection) {
        List<PredictionView> views = new ArrayList<>();
        entries.forEach(e -> views.add(of(e)));
        selection.images().stream().skip(entries.size()).forEach(i -> views.add(notSent(i)));
        selection.rejected().forEach(r -> views.add(of(r)));
        return views;
    }

    boolean unsent() {
        return error.isPresent() && "predict.not-sent".equals(error.get().get("code"));
    }

    boolean failed() {
        return error.isPresent();
    }

    String text() {
        if (error.isPresent()) {
            Problem none = Problem.failed(
                    "", error.get().getOrDefault("what", ""), error.get().getOrDefault("why", ""), "");
            return Printable.line(file) + "\n  " + Printable.line(none.sentence());
        }
        String labels = top.stream()
                .map(l -> "  %5.1f %%  %s".formatted(100 * l.score(), l.label()))
                .collect(Collectors.joining("\n"));
        String inside = timings.map(t -> ", in the enclave %.1f ms".formatted(t.total() / 1e3))
                .orElse("");
        return "%s  (%.1f ms%s)%n%s".formatted(Printable.line(file), latencyMs.orElse(0.0), inside, labels);
    }
}
