package dev.enclaveconsole.server.predict.image;

import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;
import dev.enclaveconsole.protocol.api.ErrorCode;
import dev.enclaveconsole.protocol.api.Limits;
import dev.enclaveconsole.server.transport.Refusal;
import java.awt.Rectangle;
import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.locks.ReentrantLock;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;

/// Decodes JPEG, PNG and WebP with bounded memory: sizes are judged from the header before anything is decoded, large
/// images come in strips and one at a time.
public final class ImageDecoder {
    private static final long LARGE_PIXELS = 8_000_000;
    private static final long STRIP_PIXELS = 8_000_000;
    /// A progressive JPEG's coefficients, and a WebP's whole frame, must be in memory at once.
    private static final long MAX_UNSTRIPPED_PIXELS = 40_000_000;

    // ImageIO would otherwise copy what it reads to files.
    static {
        ImageIO.setUseCache(false);
    }

    private final ReentrantLock oneLargeImage = new ReentrantLock();

    /// The image's facts as its header states them.
    record Source(int width, int height, Orientation orientation) {}

    /// Chooses the part of the source that is needed, and takes its rows from top to bottom.
    interface Target {
        Rectangle region(Source source);

        /// @param rgb rows of the region, three bytes a pixel
        void strip(byte[] rgb, int top, int height);
    }

    /// @throws Refusal IMAGE_EMPTY, NOT_AN_IMAGE, IMAGE_TOO_MANY_PIXELS or IMAGE_DAMAGED
    void decode(byte[] bytes, Target target) throws Refusal {
        ImageFormat format = ImageFormat.of(bytes);
        ImageHeader header = ImageHeader.read(bytes, format);
        if (header.cutOff()) {
            throw damaged();
        }
        ImageReader reader = readerFor(format);
        try (var in = new ByteArrayImageInputStream(bytes)) {
            var warnings = new DamageWarnings();
            reader.addIIOReadWarningListener(warnings);
            reader.setInput(in, false, true);
            int width = reader.getWidth(0);
            int height = reader.getHeight(0);
            boolean unstripped = header.progressive() || format == ImageFormat.WEBP;
            checkPixels(width, height, unstripped);
            Rectangle region = target.region(new Source(width, height, header.orientation()));
            boolean large = (long) width * height > LARGE_PIXELS;
            if (large) {
                oneLargeImage.lock();
            }
            try {
                readStrips(reader, header, region, unstripped, target);
            } finally {
                if (large) {
                    oneLargeImage.unlock();
                }
            }
            if (warnings.damaged()) {
                throw damaged();
            }
        } catch (IOException | RuntimeException e) {
            throw damaged();
        } finally {
            reader.dispose();
        }
    }

    private static void readStrips(
            ImageReader reader, ImageHeader header, Rectangle region, boolean unstripped, Target target)
            throws IOException {
        long fitting = Math.max(1, STRIP_PIXELS / Math.max(1, region.width));
        int rows = unstripped ? region.height : (int) Math.min(region.height, fitting);
        for (int top = region.y; top < region.y + region.height; top += rows) {
            int height = Math.min(rows, region.y + region.height - top);
            ImageReadParam param = reader.getDefaultReadParam();
            param.setSourceRegion(new Rectangle(region.x, top, region.width, height));
            byte[] rgb = header.jpegComponents() == 4
                    ? RgbPixels.ofCmyk(reader.readRaster(0, param), header.ycck())
                    : RgbPixels.of(reader.read(0, param));
            target.strip(rgb, top, height);
        }
    }

    private static ImageReader readerFor(ImageFormat format) {
        return ImageIO.getImageReadersByFormatName(format.name().toLowerCase(Locale.ROOT))
                .next();
    }

    private static void checkPixels(int width, int height, boolean unstripped) throws Refusal {
        long limit = unstripped ? MAX_UNSTRIPPED_PIXELS : Limits.MAX_IMAGE_PIXELS;
        if ((long) width * height > limit) {
            throw new Refusal(
                    ErrorCode.IMAGE_TOO_MANY_PIXELS,
                    "The image has %,d × %,d pixels; %,d are allowed%s."
                            .formatted(width, height, limit, unstripped ? " in this encoding" : ""),
                    "Scale it down before you send it; the model looks at far fewer pixels anyway.");
        }
    }

    private static Refusal damaged() {
        return new Refusal(
                ErrorCode.IMAGE_DAMAGED,
                "The image is damaged or cut off; it could not be decoded to its end.",
                "Send an intact copy of the file.");
    }
}
