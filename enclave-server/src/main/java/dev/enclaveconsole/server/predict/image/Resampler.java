package dev.enclaveconsole.server.predict.image;

import java.util.Arrays;

/// Resizes as Pillow does: along x into 8-bit values, then along y into 8-bit values. Takes source rows in
/// strips, so the whole source is never in memory; only the samples that the crop needs are computed.
final class Resampler {
    private static final int CHANNELS = 3;
    private static final int HALF = 1 << (Axis.PRECISION_BITS - 1);

    private final Axis x;
    private final Axis y;
    private final byte[] rows;

    Resampler(Axis x, Axis y) {
        this.x = x;
        this.y = y;
        this.rows = new byte[Math.multiplyExact(y.to() - y.from(), x.count() * CHANNELS)];
    }

    /// @param rgb `height` rows of the source, each from `x.from()` to `x.to()`, three bytes a pixel
    /// @param top the source row that comes first in it
    void addStrip(byte[] rgb, int top, int height) {
        int sourceStride = (x.to() - x.from()) * CHANNELS;
        int rowStride = x.count() * CHANNELS;
        for (int row = 0; row < height; row++) {
            int out = (top + row - y.from()) * rowStride;
            int in = row * sourceStride;
            for (int i = 0; i < x.count(); i++) {
                horizontal(rgb, in + (x.first(i) - x.from()) * CHANNELS, i, out + i * CHANNELS);
            }
        }
    }

    private void horizontal(byte[] rgb, int from, int output, int out) {
        int[] weights = x.weights();
        int weightsAt = x.weightsAt(output);
        int taps = x.taps(output);
        int red = HALF;
        int green = HALF;
        int blue = HALF;
        int in = from;
        for (int tap = 0; tap < taps; tap++) {
            int weight = weights[weightsAt + tap];
            red += (rgb[in] & 0xff) * weight;
            green += (rgb[in + 1] & 0xff) * weight;
            blue += (rgb[in + 2] & 0xff) * weight;
            in += CHANNELS;
        }
        rows[out] = clip(red);
        rows[out + 1] = clip(green);
        rows[out + 2] = clip(blue);
    }

    /// The resized crop: `y.count()` rows of `x.count()` pixels, three bytes each.
    byte[] finish() {
        int rowStride = x.count() * CHANNELS;
        byte[] result = new byte[y.count() * rowStride];
        int[] weights = y.weights();
        int[] sums = new int[rowStride];
        for (int i = 0; i < y.count(); i++) {
            Arrays.fill(sums, HALF);
            for (int tap = 0; tap < y.taps(i); tap++) {
                int weight = weights[y.weightsAt(i) + tap];
                int in = (y.first(i) + tap - y.from()) * rowStride;
                for (int column = 0; column < rowStride; column++) {
                    sums[column] += (rows[in + column] & 0xff) * weight;
                }
            }
            for (int column = 0; column < rowStride; column++) {
                result[i * rowStride + column] = clip(sums[column]);
            }
        }
        return result;
    }

    private static byte clip(int fixed) {
        return (byte) Math.clamp(fixed >> Axis.PRECISION_BITS, 0, 255);
    }
}
