package dev.enclaveconsole.core.predict;

import dev.enclaveconsole.core.failure.ConsoleException;
import dev.enclaveconsole.core.failure.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// An image to classify, checked before any upload: not empty, not too large, JPEG, PNG or WebP by its first bytes.
/// A file's content is read when it is sent, not before.
@SuppressWarnings("DoNotCallSuggester")
public final class ImageSource {
    public enum Format {
        JPEG,
        PNG,
        WEBP
    }

    /// What became of a drop or an argument list: what can be sent, and one problem for each file that cannot.
    public record Selection(List<ImageSource> images, List<Rejected> rejected) {}

    public record Rejected(Path file, Problem problem) {}

    private final String name;
    private final Optional<Path> file;
    private final Format format;
    private final long size;

    ImageSource(String name, Optional<Path> file, Format format, long size) {
        this.name = name;
        this.file = file;
        this.format = format;
        this.size = size;
    }

    /// @throws ConsoleException `image.missing`, `image.unreadable`, `image.empty`, `image.too-large`,
    /// `image.no-image`,
    ///     `image.format-unsupported`
    public static ImageSource ofFile(Path file) throws ConsoleException {
        throw new UnsupportedOperationException();
    }

    /// From the clipboard or memory; `name` is what the user reads.
    public static ImageSource ofBytes(String name, byte[] content) throws ConsoleException {
        throw new UnsupportedOperationException();
    }

    /// Files as given; folders with all images below them, sorted by path, without hidden files. Never throws for
    /// one bad
    /// file among others.
    public static Selection select(List<Path> filesAndFolders) {
        throw new UnsupportedOperationException();
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
        throw new UnsupportedOperationException();
    }
}
