package dev.enclaveconsole.core.predict;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.stream.IntStream;

/// A chain of linear steps from a channel's value, 0…1, to what a model is fed, brought into the one form that
/// `model.json` has: minus mean, divided by deviation.
///
/// @param factor three; @param offset three
record PixelScale(List<Double> factor, List<Double> offset) {
    private static final MathContext DIGITS = new MathContext(7);

    /// @param largest what the value 1 becomes
    static PixelScale upTo(double largest) {
        return new PixelScale(List.of(largest, largest, largest), List.of(0.0, 0.0, 0.0));
    }

    /// @param mean three; @param std three, none 0
    PixelScale normalised(List<Double> mean, List<Double> std) {
        return new PixelScale(
                each(i -> factor.get(i) / std.get(i)), each(i -> (offset.get(i) - mean.get(i)) / std.get(i)));
    }

    PixelScale shifted(double by) {
        return new PixelScale(factor, each(i -> offset.get(i) + by));
    }

    PixelScale divided(double by) {
        return new PixelScale(each(i -> factor.get(i) / by), each(i -> offset.get(i) / by));
    }

    List<Double> mean() {
        return each(i -> rounded(0 - offset.get(i) / factor.get(i)));
    }

    List<Double> std() {
        return each(i -> rounded(1 / factor.get(i)));
    }

    private static double rounded(double value) {
        return new BigDecimal(value).round(DIGITS).doubleValue();
    }

    private static List<Double> each(java.util.function.IntToDoubleFunction channel) {
        return IntStream.range(0, 3).mapToDouble(channel).boxed().toList();
    }
}
