package dev.enclaveconsole.core.benchmark;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/// Round numbers for an axis: steps of 1, 2 or 5 times a power of ten.
record Ticks(double start, double step, int count) {

    static Ticks covering(double low, double high, int wanted) {
        double span = Math.max(high - low, 1e-9);
        double step = niceStep(span / Math.max(1, wanted));
        double start = Math.floor(low / step + 1e-9) * step;
        int count = (int) Math.ceil((high - start) / step - 1e-9) + 1;
        return new Ticks(start, step, Math.max(2, count));
    }

    private static double niceStep(double raw) {
        double power = Math.pow(10, Math.floor(Math.log10(raw)));
        double rest = raw / power;
        double factor = rest <= 1 ? 1 : rest <= 2 ? 2 : rest <= 5 ? 5 : 10;
        return factor * power;
    }

    double end() {
        return start + step * (count - 1);
    }

    List<Double> values() {
        return IntStream.range(0, count).mapToObj(i -> start + i * step).toList();
    }

    String label(double value) {
        int digits = step >= 1 ? 0 : (int) Math.ceil(-Math.log10(step) - 1e-9);
        return String.format(Locale.ROOT, "%." + digits + "f", value);
    }
}
