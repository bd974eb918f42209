package dev.enclaveconsole.core.predict;

import dev.enclaveconsole.core.failure.Problem;
import dev.enclaveconsole.protocol.api.Limits;
import java.nio.file.Path;

/// What to tell about a file that cannot be classified.
final class ImageProblems {
    private static final String FORMATS = "Choose a JPEG, PNG or WebP image.";

    static Problem missing(Path file) {
        return Problem.failed("image.missing", "There is no file " + file + ".", "", "Check the path.");
    }

    static Problem unreadable(Path file, String why) {
        return Problem.failed("image.unreadable", file + " cannot be read.", why, "Check the file's permissions.");
    }

    static Problem empty(String name) {
        return Problem.failed("image.empty", name + " is empty (0 bytes).", "", FORMATS);
    }

    static Problem tooLarge(String name, long size) {
        return Problem.failed(
                "image.too-large",
                name + " is too large.",
                "It has %.1f MB; an image may have %d MiB.".formatted(size / 1e6, Limits.MAX_IMAGE_BYTES >> 20),
                "Save it smaller or with stronger compression.");
    }

    static Problem noImage(String name) {
        return Problem.failed(
                "image.no-image", name + " is no image.", "Its content is not that of an image file.", FORMATS);
    }

    static Problem unsupported(String name, String format) {
        return Problem.failed(
                "image.format-unsupported",
                name + " is a " + format + " file.",
                "Only JPEG, PNG and WebP are supported.",
                "Save it as one of these.");
    }

    static Problem noFile(Path file) {
        return Problem.failed(
                "image.no-file",
                file + " is neither a file nor a folder.",
                "",
                "Choose an image or a folder of images.");
    }

    static Problem noneIn(Path folder) {
        return Problem.failed("image.none-in-folder", "There is no image in the folder " + folder + ".", "", FORMATS);
    }

    private ImageProblems() {}
}
