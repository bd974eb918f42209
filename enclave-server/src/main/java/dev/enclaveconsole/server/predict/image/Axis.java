package dev.enclaveconsole.server.predict.image;

/// Pillow's triangle filter along one axis, for the outputs `start` to `start + count` of a resize from `in` to `out`
/// samples: for output `i`, `weight(i, 0…taps[i])` in fixed point apply to the inputs from `first[i]`.
///
/// Same arithmetic as Pillow's `Resample.c` (support scaled by the factor, weights normalised in double, then
/// rounded to 22 bits), so that results agree with torchvision's antialiased bilinear resize to the last bit.
final class Axis {
    static final int PRECISION_BITS = 22;

    private final int count;
    private final int stride;
    private final int[] first;
    private final int[] taps;
    private final int[] weights;

    Axis(int in, long out, long start, int count) {
        double scale = in / (double) out;
        double filterScale = Math.max(scale, 1.0);
        double support = filterScale;
        this.count = count;
        this.stride = (int) Math.ceil(support) * 2 + 1;
        this.first = new int[count];
        this.taps = new int[count];
        this.weights = new int[Math.multiplyExact(count, stride)];
        double[] row = new double[stride];
        for (int i = 0; i < count; i++) {
            double centre = (start + i + 0.5) * scale;
            int low = Math.max(0, (int) (centre - support + 0.5));
            int high = Math.min(in, (int) (centre + support + 0.5));
            double sum = 0;
            for (int x = 0; x < high - low; x++) {
                row[x] = Math.max(0, 1 - Math.abs((x + low - centre + 0.5) / filterScale));
                sum += row[x];
            }
            first[i] = low;
            taps[i] = high - low;
            for (int x = 0; x < high - low; x++) {
                double weight = sum == 0 ? row[x] : row[x] / sum;
                weights[i * stride + x] = (int) (0.5 + weight * (1 << PRECISION_BITS));
            }
        }
    }

    int count() {
        return count;
    }

    /// First input sample that any output needs.
    int from() {
        return first[0];
    }

    /// One past the last input sample that any output needs.
    int to() {
        return first[count - 1] + taps[count - 1];
    }

    int first(int output) {
        return first[output];
    }

    int taps(int output) {
        return taps[output];
    }

    /// Index of an output's first weight in [#weights()].
    int weightsAt(int output) {
        return output * stride;
    }

    int[] weights() {
        return weights;
    }
}
