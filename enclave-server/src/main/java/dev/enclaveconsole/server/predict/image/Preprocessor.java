package dev.enclaveconsole.server.predict.image;

import dev.enclaveconsole.protocol.api.ModelDescription;
import dev.enclaveconsole.server.transport.Refusal;
import java.awt.Rectangle;
import java.nio.FloatBuffer;

/// torchvision's classification pipeline as a model's description asks for it: EXIF orientation, resize of the short
/// side (antialiased bilinear), centre crop, scale to 0…1, normalise, in NCHW or NHWC order.
public final class Preprocessor {
    private static final int CHANNELS = 3;

    private final ModelDescription.Input input;
    private final ImageDecoder decoder;
    private final float[][] normalised;

    public Preprocessor(ModelDescription.Input input, ImageDecoder decoder) {
        this.input = input;
        this.decoder = decoder;
        this.normalised = new float[CHANNELS][256];
        for (int channel = 0; channel < CHANNELS; channel++) {
            float mean = input.mean().get(channel).floatValue();
            float std = input.std().get(channel).floatValue();
            for (int value = 0; value < 256; value++) {
                normalised[channel][value] = (value / 255f - mean) / std;
            }
        }
    }

    /// Values that one image takes in the model's input.
    public int size() {
        return CHANNELS * input.width() * input.height();
    }

    /// Where the time went, in nanoseconds.
    public record Spent(long decodeNanos, long preprocessNanos) {}

    /// Fills `out` with [#size()] values from its start.
    public Spent load(byte[] encoded, FloatBuffer out) throws Refusal {
        long begun = System.nanoTime();
        var pass = new Pass();
        decoder.decode(encoded, pass);
        long decoded = System.nanoTime() - begun - pass.nanos;
        pass.write(out);
        return new Spent(decoded, System.nanoTime() - begun - decoded);
    }

    /// One image on its way. Source axes are those of the stored pixels; the orientation is applied when writing.
    private final class Pass implements ImageDecoder.Target {
        private Orientation orientation = Orientation.UPRIGHT;
        private Resampler resampler = new Resampler(new Axis(1, 1, 0, 1), new Axis(1, 1, 0, 1));
        private long nanos;

        @Override
        public Rectangle region(ImageDecoder.Source source) {
            orientation = source.orientation();
            boolean turned = orientation.transposes();
            int seenWidth = turned ? source.height() : source.width();
            int seenHeight = turned ? source.width() : source.height();
            Axis across = axis(seenWidth, Math.min(seenWidth, seenHeight), input.width(), orientation.mirrorsX());
            Axis down = axis(seenHeight, Math.min(seenWidth, seenHeight), input.height(), orientation.mirrorsY());
            Axis x = turned ? down : across;
            Axis y = turned ? across : down;
            resampler = new Resampler(x, y);
            return new Rectangle(x.from(), y.from(), x.to() - x.from(), y.to() - y.from());
        }

        private Axis axis(int size, int shortSide, int crop, boolean mirrored) {
            long out = (long) input.resizeShortSide() * size / shortSide;
            long start = (long) Math.rint((out - crop) / 2.0);
            return new Axis(size, out, mirrored ? out - start - crop : start, crop);
        }

        @Override
        public void strip(byte[] rgb, int top, int height) {
            long begun = System.nanoTime();
            resampler.addStrip(rgb, top, height);
            nanos += System.nanoTime() - begun;
        }

        void write(FloatBuffer out) {
            byte[] pixels = resampler.finish();
            int width = input.width();
            int height = input.height();
            int stepX = orientation.transposes() ? height : 1;
            int stepY = orientation.transposes() ? 1 : width;
            boolean planar = input.layout() == ModelDescription.Layout.NCHW;
            for (int channel = 0; channel < CHANNELS; channel++) {
                float[] table = normalised[channel];
                int to = planar ? channel * width * height : channel;
                int toStep = planar ? 1 : CHANNELS;
                for (int y = 0; y < height; y++) {
                    int row = (orientation.mirrorsY() ? height - 1 - y : y) * stepY;
                    for (int x = 0; x < width; x++) {
                        int at = row + (orientation.mirrorsX() ? width - 1 - x : x) * stepX;
                        out.put(to, table[pixels[at * CHANNELS + channel] & 0xff]);
                        to += toStep;
                    }
                }
            }
        }
    }
}
