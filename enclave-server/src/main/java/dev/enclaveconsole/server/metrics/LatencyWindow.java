package dev.enclaveconsole.server.metrics;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/// Latencies of the last one to two minutes for quantiles, and sum and count since start. Microseconds in, seconds out.
final class LatencyWindow {
    private static final long WINDOW_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final long MAX_MICROS = TimeUnit.HOURS.toMicros(1);

    private Histogram previous = new Histogram(3);
    private Histogram current = new Histogram(3);
    private long windowBegan = System.nanoTime();
    private long count;
    private long sumMicros;

    synchronized void record(long micros) {
        roll();
        current.recordValue(Math.clamp(micros, 0, MAX_MICROS));
        count++;
        sumMicros += micros;
    }

    private void roll() {
        long now = System.nanoTime();
        if (now - windowBegan >= WINDOW_NANOS) {
            boolean stale = now - windowBegan >= 2 * WINDOW_NANOS;
            Histogram old = previous;
            previous = current;
            current = old;
            current.reset();
            if (stale) {
                previous.reset();
            }
            windowBegan = now;
        }
    }

    synchronized void write(PrometheusText out, String name, String labels) {
        roll();
        Histogram both = current.copy();
        both.add(previous);
        for (String quantile : new String[] {"0.5", "0.95", "0.99"}) {
            double value = both.getTotalCount() == 0
                    ? Double.NaN
                    : both.getValueAtPercentile(Double.parseDouble(quantile) * 100) / 1e6;
            out.sample(name, labels + ",quantile=\"" + quantile + "\"", value);
        }
        out.sample(name + "_sum", labels, sumMicros / 1e6);
        out.sample(name + "_count", labels, (double) count);
    }
}
