package dev.enclaveconsole.desktop.predict;

import dev.enclaveconsole.core.failure.ConsoleException;
import dev.enclaveconsole.core.predict.ImageSource;
import java.io.ByteArrayInputStream;
import java.util.Optional;
import javafx.scene.image.Image;

/// Small pictures of images, made in the background.
final class Thumbnails {
    private static final double EDGE = 320;
    /// About 100 MB while it is being decoded.
    private static final long MOST_PIXELS = 25_000_000L;

    /// Empty for formats that the toolkit cannot decode and for huge or damaged images.
    static Optional<Image> load(ImageSource source) {
        try {
            byte[] bytes = source.bytes();
            long pixels = PixelCount.of(bytes);
            if (pixels < 1 || pixels > MOST_PIXELS) {
                return Optional.empty();
            }
            Image image = new Image(new ByteArrayInputStream(bytes), EDGE, EDGE, true, true);
            return image.isError() ? Optional.empty() : Optional.of(image);
        } catch (ConsoleException e) {
            return Optional.empty();
        }
    }

    private Thumbnails() {}
}
