package dev.enclaveconsole.core.predict;

import dev.enclaveconsole.core.failure.ConsoleException;
import dev.enclaveconsole.core.failure.Problem;
import dev.enclaveconsole.protocol.api.Limits;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// An image to classify, checked before any upload: not empty, not too large, JPEG, PNG or WebP by its first bytes.
/// A file's content is read when it is sent, not before.
public final class ImageSource {
    public enum Format {
        JPEG("image/jpeg"),
        PNG("image/png"),
        WEBP("image/webp");

        private final String mediaType;

        Format(String mediaType) {
            this.mediaType = mediaType;
        }

        public String mediaType() {
            return mediaType;
        }
    }

    /// What became of a drop or an argument list: what can be sent, and one problem for each file that cannot.
    public record Selection(List<ImageSource> images, List<Rejected> rejected) {}

    public record Rejected(Path file, Problem problem) {}

    private interface Content {
        byte[] read() throws IOException;
    }

    private final String name;
    private final Optional<Path> file;
    private final Format format;
    private final long size;
    private final Content content;

    private ImageSource(String name, Optional<Path> file, Format format, long size, Content content) {
        this.name = name;
        this.file = file;
        this.format = format;
        this.size = size;
        this.content = content;
    }

    /// @throws ConsoleException `image.missing`, `image.unreadable`, `image.empty`, `image.too-large`,
    ///     `image.no-image`, `image.format-unsupported`
    public static ImageSource ofFile(Path file) throws ConsoleException {
        String name = String.valueOf(file.getFileName());
        if (!Files.exists(file)) {
            throw new ConsoleException(ImageProblems.missing(file));
        }
        if (Files.isDirectory(file)) {
            throw new ConsoleException(ImageProblems.unreadable(file, "It is a folder."));
        }
        if (!Files.isRegularFile(file)) {
            throw new ConsoleException(ImageProblems.noFile(file));
        }
        try {
            long size = Files.size(file);
            checkSize(name, size);
            Format format = ImageFormats.require(name, head(file));
            return new ImageSource(name, Optional.of(file), format, size, () -> Files.readAllBytes(file));
        } catch (IOException e) {
            throw new ConsoleException(ImageProblems.unreadable(file, String.valueOf(e.getMessage())), e);
        }
    }

    /// From the clipboard or memory; `name` is what the user reads.
    public static ImageSource ofBytes(String name, byte[] content) throws ConsoleException {
        checkSize(name, content.length);
        byte[] copy = content.clone();
        return new ImageSource(name, Optional.empty(), ImageFormats.require(name, copy), copy.length, copy::clone);
    }

    /// Files as given; folders with all images below them, sorted by path, without hidden files. Never throws for one
    /// bad file among others.
    public static Selection select(List<Path> filesAndFolders) {
        return new ImageSelector().select(filesAndFolders);
    }

    /// The file's name without folders.
    public String name() {
        return name;
    }

    public Optional<Path> file() {
        return file;
    }

    public Format format() {
        return format;
    }

    /// In bytes.
    public long size() {
        return size;
    }

    public byte[] bytes() throws ConsoleException {
        try {
            byte[] bytes = content.read();
            checkSize(name, bytes.length);
            return bytes;
        } catch (IOException e) {
            throw new ConsoleException(
                    ImageProblems.unreadable(file.orElse(Path.of(name)), String.valueOf(e.getMessage())), e);
        }
    }

    private static void checkSize(String name, long size) throws ConsoleException {
        if (size == 0) {
            throw new ConsoleException(ImageProblems.empty(name));
        }
        if (size > Limits.MAX_IMAGE_BYTES) {
            throw new ConsoleException(ImageProblems.tooLarge(name, size));
        }
    }

    private static byte[] head(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(ImageFormats.HEAD_BYTES);
        }
    }
}
