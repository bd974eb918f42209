package dev.enclaveconsole.core.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.enclaveconsole.core.failure.ConsoleException;
import dev.enclaveconsole.core.failure.Problem;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageSourceTest {
    private static final byte[] JPEG = {(byte) 0xff, (byte) 0xd8, (byte) 0xff, (byte) 0xe0, 0, 0, 0, 0, 0, 0, 0, 0};
    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0};
    private static final byte[] WEBP = "RIFF....WEBPVP8 ".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    Path folder;

    @Test
    void knowsFormatsByContentNotByName() throws ConsoleException, IOException {
        assertThat(ImageSource.ofFile(file("a.txt", JPEG)).format()).isEqualTo(ImageSource.Format.JPEG);
        assertThat(ImageSource.ofFile(file("a.jpg", PNG)).format()).isEqualTo(ImageSource.Format.PNG);
        assertThat(ImageSource.ofBytes("clipboard", WEBP).format()).isEqualTo(ImageSource.Format.WEBP);
        assertThat(ImageSource.ofFile(file("b.jpg", JPEG)).bytes()).isEqualTo(JPEG);
    }

    @Test
    void refusesBeforeAnyUploadNamingFileAndRemedy() throws IOException {
        assertProblem("image.no-image", file("note.jpg", "hello".getBytes(StandardCharsets.UTF_8)));
        assertProblem("image.empty", file("empty.png", new byte[0]));
        assertProblem("image.missing", folder.resolve("absent.jpg"));
        assertProblem("image.unreadable", folder);
        Path huge = folder.resolve("huge.jpg");
        try (RandomAccessFile sparse = new RandomAccessFile(huge.toFile(), "rw")) {
            sparse.setLength(200_000_000);
        }
        assertThat(assertProblem("image.too-large", huge).why()).contains("200.0 MB");
    }

    @Test
    void namesTheSupportedFormatsForOthers() throws IOException {
        assertThat(unsupported("a.gif", "GIF89a")).contains("GIF");
        assertThat(unsupported("a.bmp", "BM______")).contains("BMP");
        assertThat(unsupported("a.tif", "II*\0____")).contains("TIFF");
        assertThat(unsupported("a.heic", "\0\0\0\u0018ftypheic____")).contains("HEIC");
    }

    @Test
    void expandsFoldersSortedWithoutHiddenOrOtherFiles() throws IOException {
        Path tree = Files.createDirectory(folder.resolve("tree"));
        Files.createDirectories(tree.resolve("sub"));
        Files.createDirectories(tree.resolve(".cache"));
        Files.write(tree.resolve("b.jpg"), JPEG);
        Files.write(tree.resolve("sub/a.PNG"), PNG);
        Files.write(tree.resolve(".hidden.jpg"), JPEG);
        Files.write(tree.resolve(".cache/c.jpg"), JPEG);
        Files.writeString(tree.resolve("readme.md"), "text");
        Files.writeString(tree.resolve("broken.jpg"), "text");
        Path empty = Files.createDirectory(folder.resolve("empty"));
        ImageSource.Selection selection =
                ImageSource.select(List.of(tree, empty, folder.resolve("absent.jpg"), tree.resolve("b.jpg")));
        assertThat(selection.images()).extracting(ImageSource::name).containsExactly("b.jpg", "a.PNG", "b.jpg");
        assertThat(selection.rejected())
                .extracting(r -> r.problem().code())
                .containsExactly("image.no-image", "image.none-in-folder", "image.missing");
    }

    private String unsupported(String name, String head) throws IOException {
        return assertProblem("image.format-unsupported", file(name, head.getBytes(StandardCharsets.ISO_8859_1)))
                .sentence();
    }

    private static Problem assertProblem(String code, Path file) {
        Problem problem = catchThrowableOfType(ConsoleException.class, () -> ImageSource.ofFile(file))
                .problem();
        assertThat(problem.code()).isEqualTo(code);
        assertThat(problem.sentence()).contains(String.valueOf(file.getFileName()));
        assertThat(problem.remedy()).isNotEmpty();
        return problem;
    }

    private Path file(String name, byte[] content) throws IOException {
        return Files.write(folder.resolve(name), content);
    }
}
