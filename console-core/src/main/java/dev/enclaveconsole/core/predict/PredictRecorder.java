package dev.enclaveconsole.core.predict;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/// Collects the figures of a run.
final class PredictRecorder {
    private static final int DIGITS = 3;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final Histogram latencyMicros = new Histogram(DIGITS);
    private final Map<String, Long> errors = new TreeMap<>();
    private final List<PredictStatistics.Second> seconds = new ArrayList<>();
    private boolean running;
    private long firstNanos;

    synchronized void started(long nanos) {
        if (!running) {
            running = true;
            firstNanos = nanos;
        }
    }

    synchronized void ended(long nanos, PredictEntry entry) {
        boolean failed = entry.problem().isPresent();
        entry.problem().ifPresentOrElse(p -> errors.merge(p.code(), 1L, Long::sum), () -> {
            latencyMicros.recordValue(Math.max(0, entry.latencyMicros()));
        });
        int second = (int) Math.max(0, (nanos - firstNanos) / NANOS_PER_SECOND);
        while (seconds.size() <= second) {
            seconds.add(new PredictStatistics.Second(seconds.size(), 0, 0));
        }
        PredictStatistics.Second before = seconds.get(second);
        seconds.set(
                second,
                new PredictStatistics.Second(
                        second, before.completed() + (failed ? 0 : 1), before.failed() + (failed ? 1 : 0)));
    }

    synchronized PredictStatistics statistics() {
        PredictStatistics.Latency latency = new PredictStatistics.Latency(
                latencyMicros.getValueAtPercentile(50),
                latencyMicros.getValueAtPercentile(95),
                latencyMicros.getValueAtPercentile(99),
                latencyMicros.getMaxValue());
        return new PredictStatistics(latencyMicros.getTotalCount(), Map.copyOf(errors), latency, List.copyOf(seconds));
    }
}
