package dev.enclaveconsole.server.predict.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.enclaveconsole.protocol.api.ErrorCode;
import dev.enclaveconsole.protocol.api.ModelDescription;
import dev.enclaveconsole.server.LargePng;
import dev.enclaveconsole.server.transport.Refusal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The `.rgb` files are what Pillow 9.4 and torchvision 0.14 make of the image of the same name.
class PreprocessorTest {

    @ParameterizedTest
    @CsvSource({
        "rgb.png, 0",
        "rgba.png, 0",
        "grey.png, 0",
        "grey-alpha.png, 0",
        "indexed.png, 0",
        "indexed4.png, 0",
        "bilevel.png, 0",
        "rgb16.png, 0",
        "grey16.png, 0",
        "grey-jpeg.jpg, 2",
        "cmyk.jpg, 4",
        "webp-lossless.webp, 0",
        "webp-lossy.webp, 12"
    })
    void decodesAsPillowConvertsToRgb(String file, int tolerance) throws Exception {
        String reference = file.substring(0, file.lastIndexOf('.')) + ".rgb";
        assertPixels(pixels(resource(file), 40, 40, 40), resource(reference), tolerance);
    }

    @ParameterizedTest
    @CsvSource({"noise.png, 48, 40", "noise.png, 100, 96", "noise-tall.png, 33, 32"})
    void resizesAndCropsAsTorchvision(String file, int shortSide, int crop) throws Exception {
        String reference = "%s-%d-%d.rgb".formatted(file.replace(".png", ""), shortSide, crop);
        assertPixels(pixels(resource(file), shortSide, crop, crop), resource(reference), 0);
    }

    @Test
    void honoursOrientationOfJpeg() throws Exception {
        assertPixels(pixels(resource("turned.jpg"), 48, 48, 48), middle(resource("turned.rgb"), 48, 64, 48), 4);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void appliesEveryOrientationBeforeTheCrop(int orientation) throws Exception {
        byte[] turned = pixels(withOrientation(resource("noise.png"), orientation), 48, 40, 40);
        byte[] upright = pixels(resource("noise.png"), 48, 40, 40);
        byte[] expected = new byte[40 * 40 * 3];
        boolean transposes = orientation >= 5;
        boolean mirrorsX = List.of(2, 3, 6, 7).contains(orientation);
        boolean mirrorsY = List.of(3, 4, 7, 8).contains(orientation);
        for (int y = 0; y < 40; y++) {
            for (int x = 0; x < 40; x++) {
                int a = mirrorsX ? 39 - x : x;
                int b = mirrorsY ? 39 - y : y;
                int from = transposes ? a * 40 + b : b * 40 + a;
                System.arraycopy(upright, from * 3, expected, (y * 40 + x) * 3, 3);
            }
        }
        assertPixels(turned, expected, 1);
    }

    @Test
    void decodesProgressiveAsBaselineJpeg() throws Exception {
        assertPixels(
                pixels(resource("photo-progressive.jpg"), 64, 64, 64), pixels(resource("photo.jpg"), 64, 64, 64), 1);
    }

    @ParameterizedTest
    @CsvSource({
        "photo.jpg, IMAGE_DAMAGED",
        "photo-progressive.jpg, IMAGE_DAMAGED",
        "noise.png, IMAGE_DAMAGED",
        "webp-lossy.webp, IMAGE_DAMAGED",
        "webp-lossless.webp, IMAGE_DAMAGED",
        "cmyk.jpg, IMAGE_DAMAGED",
        "rgb16.png, IMAGE_DAMAGED"
    })
    void refusesWhatIsCutOffAnywhere(String file, ErrorCode code) throws Exception {
        byte[] whole = resource(file);
        for (int percent : new int[] {20, 50, 90}) {
            byte[] cut = Arrays.copyOf(whole, whole.length * percent / 100);
            assertThat(refusal(cut)).as("%d %% of %s", percent, file).isEqualTo(code);
        }
    }

    @Test
    void refusesTextWhateverItsName() throws Exception {
        assertThat(refusal("just text".getBytes(StandardCharsets.UTF_8))).isEqualTo(ErrorCode.NOT_AN_IMAGE);
        assertThat(refusal(new byte[0])).isEqualTo(ErrorCode.IMAGE_EMPTY);
        assertThat(refusal("GIF89a".getBytes(StandardCharsets.UTF_8))).isEqualTo(ErrorCode.NOT_AN_IMAGE);
    }

    @Test
    void refusesHugeImageFromItsHeaderAlone() throws Exception {
        long before = usedMemory();
        assertThat(refusal(LargePng.grey(20_000, 20_000))).isEqualTo(ErrorCode.IMAGE_TOO_MANY_PIXELS);
        assertThat(usedMemory() - before).isLessThan(50L << 20);
    }

    @Test
    void decodesLargeImageInStripsToTheSameResult() throws Exception {
        byte[] pixels = pixels(LargePng.grey(5_000, 4_000), 32, 32, 32);
        assertThat(pixels).hasSize(32 * 32 * 3).containsOnly(0);
    }

    @Test
    void toleratesExtremeShapes() throws Exception {
        assertThat(pixels(LargePng.grey(1, 30_000), 32, 32, 32)).hasSize(32 * 32 * 3);
        assertThat(pixels(LargePng.grey(30_000, 1), 32, 32, 32)).hasSize(32 * 32 * 3);
        assertThat(pixels(LargePng.grey(1, 1), 32, 32, 32)).hasSize(32 * 32 * 3);
    }

    @Test
    void survivesEveryFlippedByte() throws Exception {
        byte[] whole = resource("turned.jpg");
        for (int i = 0; i < whole.length; i += 7) {
            byte[] changed = whole.clone();
            changed[i] ^= (byte) 0xff;
            try {
                pixels(changed, 32, 32, 32);
            } catch (Refusal refusal) {
                assertThat(refusal.error().code())
                        .isIn(ErrorCode.IMAGE_DAMAGED, ErrorCode.NOT_AN_IMAGE, ErrorCode.IMAGE_TOO_MANY_PIXELS);
            }
        }
    }

    @Test
    void writesNhwcWhereTheModelWantsIt() throws Exception {
        var input = new ModelDescription.Input(
                "input", 40, 40, ModelDescription.Layout.NHWC, 40, List.of(0.5, 0.5, 0.5), List.of(0.5, 0.5, 0.5));
        var preprocessor = new Preprocessor(input, new ImageDecoder());
        FloatBuffer out = FloatBuffer.allocate(preprocessor.size());
        preprocessor.load(resource("rgb.png"), out);
        byte[] reference = resource("rgb.rgb");
        for (int i = 0; i < reference.length; i++) {
            assertThat(out.get(i)).isEqualTo(((reference[i] & 0xff) / 255f - 0.5f) / 0.5f);
        }
    }

    @Test
    void namesTheDeclaredSizeWhenRefusing() {
        assertThatThrownBy(() -> pixels(LargePng.grey(20_000, 20_000), 32, 32, 32))
                .hasMessageContaining("20,000 × 20,000");
    }

    private static ErrorCode refusal(byte[] image) throws IOException {
        try {
            pixels(image, 32, 32, 32);
            throw new AssertionError("was not refused");
        } catch (Refusal refusal) {
            return refusal.error().code();
        }
    }

    private static byte[] pixels(byte[] image, int shortSide, int width, int height) throws Refusal {
        var input = new ModelDescription.Input(
                "input",
                width,
                height,
                ModelDescription.Layout.NCHW,
                shortSide,
                List.of(0.0, 0.0, 0.0),
                List.of(1.0, 1.0, 1.0));
        var preprocessor = new Preprocessor(input, new ImageDecoder());
        FloatBuffer out = FloatBuffer.allocate(preprocessor.size());
        preprocessor.load(image, out);
        byte[] rgb = new byte[preprocessor.size()];
        for (int i = 0; i < width * height; i++) {
            for (int channel = 0; channel < 3; channel++) {
                rgb[i * 3 + channel] = (byte) Math.round(out.get(channel * width * height + i) * 255);
            }
        }
        return rgb;
    }

    private static void assertPixels(byte[] actual, byte[] expected, int tolerance) {
        assertThat(actual).hasSameSizeAs(expected);
        int worst = 0;
        for (int i = 0; i < actual.length; i++) {
            worst = Math.max(worst, Math.abs((actual[i] & 0xff) - (expected[i] & 0xff)));
        }
        assertThat(worst).as("greatest difference of a sample").isLessThanOrEqualTo(tolerance);
    }

    private static byte[] middle(byte[] rgb, int width, int height, int rows) {
        int from = (height - rows) / 2 * width * 3;
        return Arrays.copyOfRange(rgb, from, from + rows * width * 3);
    }

    private static long usedMemory() {
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    private static byte[] withOrientation(byte[] png, int orientation) {
        byte[] exif = ByteBuffer.allocate(26)
                .put("MM".getBytes(StandardCharsets.US_ASCII))
                .putShort((short) 42)
                .putInt(8)
                .putShort((short) 1)
                .putShort((short) 0x0112)
                .putShort((short) 3)
                .putInt(1)
                .putShort((short) orientation)
                .putShort((short) 0)
                .putInt(0)
                .array();
        var out = new ByteArrayOutputStream();
        out.write(png, 0, 33);
        LargePng.writeChunk(out, "eXIf", exif);
        out.write(png, 33, png.length - 33);
        return out.toByteArray();
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = PreprocessorTest.class.getResourceAsStream("/images/" + name)) {
            if (in == null) {
                throw new IOException("no resource " + name);
            }
            return in.readAllBytes();
        }
    }
}
