package dev.enclaveconsole.desktop.predict;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Latencies by the second in which their request ended, of the last seconds only.
final class LatencySeries {
    private final int capacity;
    private final List<Bucket> buckets = new ArrayList<>();
    private @Nullable Instant start;

    /// @param second since the first request, from 0
    /// @param p50Micros of this second alone, NaN if nothing succeeded in it
    record Second(long second, double p50Micros, double p95Micros, double p99Micros, int completed, int failed) {}

    private static final class Bucket {
        final long second;
        long[] micros = new long[16];
        int completed;
        int failed;

        Bucket(long second) {
            this.second = second;
        }

        void add(long value) {
            if (completed == micros.length) {
                micros = Arrays.copyOf(micros, completed * 2);
            }
            micros[completed++] = value;
        }

        Second summary() {
            long[] sorted = Arrays.copyOf(micros, completed);
            Arrays.sort(sorted);
            return new Second(second, at(sorted, 0.50), at(sorted, 0.95), at(sorted, 0.99), completed, failed);
        }

        private static double at(long[] sorted, double quantile) {
            if (sorted.length == 0) {
                return Double.NaN;
            }
            return sorted[Math.max(0, (int) Math.ceil(quantile * sorted.length) - 1)];
        }
    }

    /// @param capacity how many seconds are kept
    LatencySeries(int capacity) {
        this.capacity = capacity;
    }

    void add(Instant startedAt, long latencyMicros, boolean success) {
        if (start == null) {
            start = startedAt;
        }
        long second = Math.max(
                0,
                Duration.between(start, startedAt.plusNanos(latencyMicros * 1000))
                        .toSeconds());
        Bucket bucket = bucket(second);
        if (success) {
            bucket.add(latencyMicros);
        } else {
            bucket.failed++;
        }
    }

    private Bucket bucket(long second) {
        for (int i = buckets.size() - 1; i >= 0 && i >= buckets.size() - 5; i--) {
            if (buckets.get(i).second == second) {
                return buckets.get(i);
            }
        }
        Bucket bucket = new Bucket(second);
        buckets.add(bucket);
        buckets.sort(java.util.Comparator.comparingLong(b -> b.second));
        if (buckets.size() > capacity) {
            buckets.removeFirst();
        }
        return bucket;
    }

    /// Oldest first; seconds in which nothing happened are left out.
    List<Second> seconds() {
        return buckets.stream().map(Bucket::summary).toList();
    }
}
