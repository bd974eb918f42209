package dev.enclaveconsole.server.predict.image;

import java.awt.image.BufferedImage;
import java.awt.image.ComponentSampleModel;
import java.awt.image.DataBufferByte;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;

/// Turns what ImageIO decoded into RGB bytes as Pillow's `convert('RGB')` does: alpha is dropped, grey
/// repeated, palettes looked up, 16-bit samples cut to their high byte, CMYK multiplied out. No colour
/// management.
final class RgbPixels {
    private RgbPixels() {}

    static byte[] of(BufferedImage image) {
        Raster raster = image.getRaster();
        int bits = raster.getSampleModel().getSampleSize(0);
        if (image.getColorModel() instanceof IndexColorModel palette) {
            return indexed(raster, palette);
        }
        if (raster.getSampleModel() instanceof ComponentSampleModel model
                && raster.getDataBuffer() instanceof DataBufferByte data
                && model.getNumBands() >= 3) {
            return interleaved(raster, model, data);
        }
        if (raster.getSampleModel() instanceof ComponentSampleModel && (bits == 8 || bits == 16)) {
            return samples(raster, bits - 8);
        }
        return packed(image);
    }

    /// @param ycck the raster holds YCCK instead of CMYK; in both, Adobe's files store the ink values inverted
    static byte[] ofCmyk(Raster raster, boolean ycck) {
        int width = raster.getWidth();
        byte[] rgb = new byte[width * raster.getHeight() * 3];
        int[] row = new int[width * 4];
        int out = 0;
        for (int y = 0; y < raster.getHeight(); y++) {
            raster.getPixels(raster.getMinX(), raster.getMinY() + y, width, 1, row);
            for (int i = 0; i < row.length; i += 4) {
                int black = row[i + 3];
                int c = row[i];
                int m = row[i + 1];
                int ye = row[i + 2];
                if (ycck) {
                    double luma = row[i];
                    double cb = row[i + 1] - 128.0;
                    double cr = row[i + 2] - 128.0;
                    c = clip(luma + 1.402 * cr);
                    m = clip(luma - 0.344136 * cb - 0.714136 * cr);
                    ye = clip(luma + 1.772 * cb);
                }
                rgb[out++] = (byte) (black - divide255((255 - c) * black));
                rgb[out++] = (byte) (black - divide255((255 - m) * black));
                rgb[out++] = (byte) (black - divide255((255 - ye) * black));
            }
        }
        return rgb;
    }

    private static int clip(double value) {
        return (int) Math.clamp(Math.round(value), 0L, 255L);
    }

    private static int divide255(int product) {
        int sum = product + 128;
        return (sum + (sum >> 8)) >> 8;
    }

    private static byte[] interleaved(Raster raster, ComponentSampleModel model, DataBufferByte data) {
        int width = raster.getWidth();
        int height = raster.getHeight();
        byte[] rgb = new byte[width * height * 3];
        int[] bands = model.getBandOffsets();
        int[] banks = model.getBankIndices();
        byte[] reds = data.getData(banks[0]);
        byte[] greens = data.getData(banks[1]);
        byte[] blues = data.getData(banks[2]);
        int step = model.getPixelStride();
        int out = 0;
        for (int y = 0; y < height; y++) {
            int in = (y - raster.getSampleModelTranslateY()) * model.getScanlineStride()
                    - raster.getSampleModelTranslateX() * step
                    + data.getOffset();
            for (int x = 0; x < width; x++) {
                rgb[out] = reds[in + bands[0]];
                rgb[out + 1] = greens[in + bands[1]];
                rgb[out + 2] = blues[in + bands[2]];
                out += 3;
                in += step;
            }
        }
        return rgb;
    }

    private static byte[] samples(Raster raster, int shift) {
        int width = raster.getWidth();
        int bands = raster.getNumBands();
        byte[] rgb = new byte[width * raster.getHeight() * 3];
        int[] row = new int[width * bands];
        int green = bands >= 3 ? 1 : 0;
        int blue = bands >= 3 ? 2 : 0;
        int out = 0;
        for (int y = 0; y < raster.getHeight(); y++) {
            raster.getPixels(0, y, width, 1, row);
            for (int i = 0; i < row.length; i += bands) {
                rgb[out++] = (byte) (row[i] >> shift);
                rgb[out++] = (byte) (row[i + green] >> shift);
                rgb[out++] = (byte) (row[i + blue] >> shift);
            }
        }
        return rgb;
    }

    private static byte[] indexed(Raster raster, IndexColorModel palette) {
        int width = raster.getWidth();
        byte[] rgb = new byte[width * raster.getHeight() * 3];
        int[] colours = new int[palette.getMapSize()];
        palette.getRGBs(colours);
        int[] row = new int[width];
        int out = 0;
        for (int y = 0; y < raster.getHeight(); y++) {
            raster.getPixels(0, y, width, 1, row);
            for (int index : row) {
                int colour = index < colours.length ? colours[index] : 0;
                rgb[out++] = (byte) (colour >> 16);
                rgb[out++] = (byte) (colour >> 8);
                rgb[out++] = (byte) colour;
            }
        }
        return rgb;
    }

    private static byte[] packed(BufferedImage image) {
        int width = image.getWidth();
        byte[] rgb = new byte[width * image.getHeight() * 3];
        int[] row = new int[width];
        int out = 0;
        for (int y = 0; y < image.getHeight(); y++) {
            image.getRGB(0, y, width, 1, row, 0, width);
            for (int colour : row) {
                rgb[out++] = (byte) (colour >> 16);
                rgb[out++] = (byte) (colour >> 8);
                rgb[out++] = (byte) colour;
            }
        }
        return rgb;
    }
}
