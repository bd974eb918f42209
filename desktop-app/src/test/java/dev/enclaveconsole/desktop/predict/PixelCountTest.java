package dev.enclaveconsole.desktop.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.enclaveconsole.desktop.ui.Png;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javafx.scene.image.WritableImage;
import org.junit.jupiter.api.Test;

final class PixelCountTest {
    private static final Path IMAGES = Path.of("../../shared/data/images");

    @Test
    void readsThePngThatWeWrite() {
        assertThat(PixelCount.of(Png.encode(new WritableImage(30, 20)))).isEqualTo(600);
    }

    @Test
    void readsAJpeg() throws IOException {
        Path cat = IMAGES.resolve("cat_kitten.jpg");
        assumeTrue(Files.exists(cat), "no sample images beside this checkout");
        assertThat(PixelCount.of(Files.readAllBytes(cat))).isPositive();
    }

    @Test
    void knowsNothingAboutOtherFiles() {
        assertThat(PixelCount.of("not an image at all".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(-1);
        assertThat(PixelCount.of(new byte[] {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF}))
                .isEqualTo(-1);
        assertThat(PixelCount.of(new byte[0])).isEqualTo(-1);
    }
}
