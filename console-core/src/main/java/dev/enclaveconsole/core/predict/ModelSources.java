package dev.enclaveconsole.core.predict;

import dev.enclaveconsole.core.failure.ConsoleException;
import dev.enclaveconsole.core.operation.OperationContext;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Finds a model's parts in a file's neighbourhood, in a folder, in an archive, in a model zoo or at another address.
final class ModelSources {
    private final ModelWeb web;
    private final Path parts;
    private final OperationContext context;

    /// @param parts where downloads and unpacked files go
    ModelSources(ModelWeb web, Path parts, OperationContext context) {
        this.web = web;
        this.parts = parts;
        this.context = context;
    }

    ModelFiles fetch(ModelStore.AddRequest request) throws ConsoleException, IOException {
        ModelFiles files = find(request);
        return files.withName(slug(files.suggestedName()));
    }

    private ModelFiles find(ModelStore.AddRequest request) throws ConsoleException, IOException {
        String source = request.source();
        if (source.matches("(?i)[a-z][a-z0-9+.-]+://.*")) {
            try (ModelDownload download = new ModelDownload(web, context)) {
                return fromAddress(request, download);
            }
        }
        Path path = Path.of(source);
        if (Files.isDirectory(path)) {
            return fromFolder(request, path);
        }
        if (!Files.isRegularFile(path)) {
            throw new ConsoleException(ModelProblems.missing(source));
        }
        if (ModelArchive.isNamedLikeOne(source)) {
            String name = String.valueOf(path.getFileName());
            return fromArchive(request, path, name, name);
        }
        return fromFile(request, path);
    }

    private ModelFiles fromArchive(ModelStore.AddRequest request, Path archive, String file, String origin)
            throws ConsoleException, IOException {
        Optional<Path> labels = givenLabels(request);
        Path folder = parts.resolve("unpacked");
        new ModelArchive(request.source(), folder, web.largestModel(), context).unpack(archive);
        String name = file.replaceFirst("(?i)\\.(zip|tar|tar\\.gz|tgz)$", "");
        return new UnpackedModel(folder, request.source()).files(name, origin, Map.of(), labels);
    }

    private static ModelFiles fromFolder(ModelStore.AddRequest request, Path folder) throws ConsoleException {
        Path onnx = folder.resolve(ModelFiles.MODEL);
        if (!Files.isRegularFile(onnx)) {
            throw new ConsoleException(ModelProblems.missing(onnx.toString()));
        }
        String name = String.valueOf(folder.toAbsolutePath().normalize().getFileName());
        Path labels = labels(request, folder, List.of(ModelFiles.LABELS));
        return new ModelFiles(
                onnx, labels, existing(folder.resolve(ModelFiles.DESCRIPTION)), name, name, ModelHints.NONE);
    }

    private ModelFiles fromFile(ModelStore.AddRequest request, Path onnx) throws ConsoleException, IOException {
        if (Files.size(onnx) > web.largestModel()) {
            throw new ConsoleException(ModelProblems.tooLarge(onnx.toString(), web.largestModel()));
        }
        Path folder = onnx.toAbsolutePath().getParent();
        if (folder == null) {
            throw new ConsoleException(ModelProblems.missing(onnx.toString()));
        }
        String fileName = String.valueOf(onnx.getFileName());
        String stem = fileName.replaceFirst("(?i)\\.onnx$", "");
        Path labels = labels(request, folder, List.of(stem + "_labels.txt", stem + ".labels.txt", ModelFiles.LABELS));
        Optional<Path> description = existing(folder.resolve(stem + ".json"));
        return new ModelFiles(onnx, labels, description, stem, fileName, ModelHints.NONE);
    }

    private ModelFiles fromAddress(ModelStore.AddRequest request, ModelDownload download)
            throws ConsoleException, IOException {
        String source = request.source();
        Optional<Path> labels = givenLabels(request);
        if (source.startsWith(DjlZoo.SCHEME)) {
            return new DjlZoo(download, web, parts, context).fetch(source, labels);
        }
        Optional<HuggingFaceAddress> huggingFace = HuggingFaceAddress.parse(source, web.huggingFace());
        if (huggingFace.isPresent()) {
            return new HuggingFaceZoo(download, web.huggingFace(), parts).fetch(huggingFace.get(), labels);
        }
        URI address = ModelDownload.checked(source);
        String name = lastName(String.valueOf(address.getPath()));
        if (ModelArchive.isNamedLikeOne(name)) {
            Path archive = parts.resolve("download");
            download.file(address, archive);
            return fromArchive(request, archive, name, address.toString());
        }
        Path given = labels.orElseThrow(() -> new ConsoleException(ModelProblems.labelsMissing("")));
        Path onnx = parts.resolve(ModelFiles.MODEL);
        download.file(address, onnx);
        String stem = name.replaceFirst("(?i)\\.onnx$", "");
        return new ModelFiles(onnx, given, Optional.empty(), stem, address.toString(), ModelHints.NONE);
    }

    private static Optional<Path> givenLabels(ModelStore.AddRequest request) throws ConsoleException {
        Optional<Path> given = request.labels();
        if (given.isPresent() && !Files.isRegularFile(given.get())) {
            throw new ConsoleException(ModelProblems.missing(given.get().toString()));
        }
        return given;
    }

    private static Path labels(ModelStore.AddRequest request, Path folder, List<String> usual) throws ConsoleException {
        Optional<Path> given = givenLabels(request);
        if (given.isPresent()) {
            return given.get();
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

    private static String lastName(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
