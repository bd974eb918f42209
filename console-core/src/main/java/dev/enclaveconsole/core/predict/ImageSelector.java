package dev.enclaveconsole.core.predict;

import dev.enclaveconsole.core.failure.ConsoleException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// Expands folders and checks files. Below a folder only files that look like images by name are taken, others are
/// passed over silently; a file that the user named is always taken or rejected with a reason.
final class ImageSelector {
    private static final List<String> EXTENSIONS =
            List.of(".jpg", ".jpeg", ".png", ".webp", ".gif", ".bmp", ".tif", ".tiff", ".heic", ".avif");
    private static final int DEPTH = 16;

    private final List<ImageSource> images = new ArrayList<>();
    private final List<ImageSource.Rejected> rejected = new ArrayList<>();

    ImageSource.Selection select(List<Path> filesAndFolders) {
        for (Path path : filesAndFolders) {
            if (Files.isDirectory(path)) {
                takeFolder(path);
            } else {
                take(path);
            }
        }
        return new ImageSource.Selection(List.copyOf(images), List.copyOf(rejected));
    }

    private void take(Path file) {
        try {
            images.add(ImageSource.ofFile(file));
        } catch (ConsoleException e) {
            rejected.add(new ImageSource.Rejected(file, e.problem()));
        }
    }

    private void takeFolder(Path folder) {
        try (Stream<Path> tree = Files.walk(folder, DEPTH)) {
            List<Path> files = tree.filter(Files::isRegularFile)
                    .filter(file -> !hidden(folder.relativize(file)))
                    .filter(ImageSelector::looksLikeImage)
                    .sorted()
                    .toList();
            files.forEach(this::take);
            if (files.isEmpty()) {
                rejected.add(new ImageSource.Rejected(folder, ImageProblems.noneIn(folder)));
            }
        } catch (IOException | UncheckedIOException e) {
            rejected.add(
                    new ImageSource.Rejected(folder, ImageProblems.unreadable(folder, String.valueOf(e.getMessage()))));
        }
    }

    private static boolean hidden(Path relative) {
        for (Path part : relative) {
            if (part.toString().startsWith(".")) {
                return true;
            }
        }
        return false;
    }

    private static boolean looksLikeImage(Path file) {
        String name = file.toString().toLowerCase(Locale.ROOT);
        return EXTENSIONS.stream().anyMatch(name::endsWith);
    }
}
