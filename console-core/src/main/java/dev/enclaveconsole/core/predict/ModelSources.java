package dev.enclaveconsole.core.predict;

import dev.enclaveconsole.core.failure.ConsoleException;
import dev.enclaveconsole.core.operation.OperationContext;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Finds a model's parts in a file's neighbourhood, in a folder, or at an address.
final class ModelSources {
    static final long LARGEST_MODEL = 512L << 20;

    /// @param draft where a download goes
    static ModelFiles fetch(ModelStore.AddRequest request, Path draft, OperationContext context)
            throws ConsoleException, IOException {
        String source = request.source();
        if (source.matches("(?i)[a-z][a-z0-9+.-]+://.*")) {
            return fromAddress(request, draft, context);
        }
        Path path = Path.of(source);
        if (Files.isDirectory(path)) {
            return fromFolder(request, path);
        }
        if (!Files.isRegularFile(path)) {
            throw new ConsoleException(ModelProblems.missing(source));
        }
        return fromFile(request, path);
    }

    private static ModelFiles fromFolder(ModelStore.AddRequest request, Path folder) throws ConsoleException {
        Path onnx = folder.resolve(ModelFiles.MODEL);
        if (!Files.isRegularFile(onnx)) {
            throw new ConsoleException(ModelProblems.missing(onnx.toString()));
        }
        String name = slug(String.valueOf(folder.toAbsolutePath().normalize().getFileName()));
        Path labels = labels(request, folder, List.of(ModelFiles.LABELS));
        return new ModelFiles(onnx, labels, existing(folder.resolve(ModelFiles.DESCRIPTION)), name, name);
    }

    private static ModelFiles fromFile(ModelStore.AddRequest request, Path onnx) throws ConsoleException, IOException {
        if (Files.size(onnx) > LARGEST_MODEL) {
            throw new ConsoleException(ModelProblems.tooLarge(onnx.toString(), LARGEST_MODEL));
        }
        Path folder = onnx.toAbsolutePath().getParent();
        if (folder == null) {
            throw new ConsoleException(ModelProblems.missing(onnx.toString()));
        }
        String fileName = String.valueOf(onnx.getFileName());
        String stem = fileName.replaceFirst("(?i)\\.onnx$", "");
        Path labels = labels(request, folder, List.of(stem + "_labels.txt", stem + ".labels.txt", ModelFiles.LABELS));
        Optional<Path> description = existing(folder.resolve(stem + ".json"));
        return new ModelFiles(onnx, labels, description, slug(stem), fileName);
    }

    private static ModelFiles fromAddress(ModelStore.AddRequest request, Path draft, OperationContext context)
            throws ConsoleException, IOException {
        Path labels = request.labels().orElseThrow(() -> new ConsoleException(ModelProblems.labelsMissing("")));
        if (!Files.isRegularFile(labels)) {
            throw new ConsoleException(ModelProblems.missing(labels.toString()));
        }
        URI address = ModelDownload.checked(request.source());
        Path onnx = draft.resolve(ModelFiles.MODEL);
        ModelDownload.fetch(address, onnx, context);
        String path = String.valueOf(address.getPath());
        String stem = path.substring(path.lastIndexOf('/') + 1).replaceFirst("(?i)\\.onnx$", "");
        return new ModelFiles(onnx, labels, Optional.empty(), slug(stem), address.toString());
    }

    private static Path labels(ModelStore.AddRequest request, Path folder, List<String> usual) throws ConsoleException {
        if (request.labels().isPresent()) {
            Path given = request.labels().get();
            if (!Files.isRegularFile(given)) {
                throw new ConsoleException(ModelProblems.missing(given.toString()));
            }
            return given;
        }
        return usual.stream()
                .map(folder::resolve)
                .filter(Files::isRegularFile)
                .findFirst()
                .orElseThrow(() -> new ConsoleException(ModelProblems.labelsMissing(folder.toString())));
    }

    private static Optional<Path> existing(Path file) {
        return Optional.of(file).filter(Files::isRegularFile);
    }

    private static String slug(String text) {
        String slug =
                text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9._-]+", "-").replaceFirst("^[^a-z0-9]+", "");
        return slug.substring(0, Math.min(64, slug.length()));
    }

    private ModelSources() {}
}
