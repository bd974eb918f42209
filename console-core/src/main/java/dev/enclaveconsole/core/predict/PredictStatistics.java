package dev.enclaveconsole.core.predict;

import java.util.List;
import java.util.Map;

/// Figures of a run. Percentiles are of successful requests, from an HdrHistogram with three digits; errors are
/// counted beside them, never dropped.
///
/// @param n successful requests
/// @param errors code of the problem to how often
/// @param latency in microseconds, all 0 while `n` is 0
/// @param throughput one point for each second from the first request to the last finished one
public record PredictStatistics(long n, Map<String, Long> errors, Latency latency, List<Second> throughput) {
    public record Latency(long p50Micros, long p95Micros, long p99Micros, long maxMicros) {}

    /// @param second 0 for the first second of the run
    public record Second(long second, long completed, long failed) {}

    public long errorCount() {
        return errors.values().stream().mapToLong(Long::longValue).sum();
    }
}
