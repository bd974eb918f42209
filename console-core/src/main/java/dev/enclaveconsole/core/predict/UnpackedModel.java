package dev.enclaveconsole.core.predict;

import dev.enclaveconsole.core.failure.ConsoleException;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/// Finds a model's parts in what came out of an archive: one ONNX file, its labels (`labels.txt`, `synset.txt`), and
/// `model.json` or DJL's `serving.properties`.
///
/// @param source named in problems
record UnpackedModel(Path folder, String source) {
    private static final String PREFIX = "option.";

    /// @param arguments as in DJL's metadata; those in `serving.properties` count more
    ModelFiles files(String name, String origin, Map<String, String> arguments, Optional<Path> givenLabels)
            throws ConsoleException, IOException {
        Path onnx = onnx();
        Path beside = onnx.toAbsolutePath().getParent();
        if (beside == null) {
            throw new ConsoleException(ModelZooProblems.noOnnxIn(source));
        }
        Map<String, String> all = new HashMap<>(arguments);
        Optional<Path> properties = find(beside, List.of("serving.properties"));
        if (properties.isPresent()) {
            all.putAll(read(properties.get()));
        }
        Path labels = givenLabels.isPresent() ? givenLabels.get() : labels(beside, onnx, all);
        return new ModelFiles(
                onnx,
                labels,
                find(beside, List.of(ModelFiles.DESCRIPTION)),
                name,
                origin,
                new DjlArguments(source, all).hints());
    }

    private Path onnx() throws ConsoleException, IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> onnx = files.filter(Files::isRegularFile)
                    .filter(file ->
                            file.toString().toLowerCase(java.util.Locale.ROOT).endsWith(".onnx"))
                    .sorted()
                    .toList();
            if (onnx.isEmpty()) {
                throw new ConsoleException(ModelZooProblems.noOnnxIn(source));
            }
            if (onnx.size() > 1) {
                List<String> names = onnx.stream()
                        .map(file -> folder.relativize(file).toString())
                        .toList();
                throw new ConsoleException(ModelZooProblems.severalOnnx(
                        source, names, "Unpack it and add the file that you want (console model add FILE)."));
            }
            return onnx.getFirst();
        }
    }

    private Path labels(Path beside, Path onnx, Map<String, String> arguments) throws ConsoleException {
        String stem = String.valueOf(onnx.getFileName()).replaceFirst("(?i)\\.onnx$", "");
        String synset = arguments.getOrDefault("synsetFileName", "synset.txt");
        List<String> usual = List.of(
                stem + "_labels.txt", ModelFiles.LABELS, synset.substring(synset.lastIndexOf('/') + 1), "synset.txt");
        return find(beside, usual)
                .orElseThrow(() -> new ConsoleException(
                        ModelZooProblems.labelsMissing(source, "It holds neither labels.txt nor synset.txt.")));
    }

    /// Beside the ONNX file, else in the archive's root.
    private Optional<Path> find(Path beside, List<String> names) {
        return Stream.of(beside, folder)
                .flatMap(place -> names.stream().map(place::resolve))
                .filter(Files::isRegularFile)
                .findFirst();
    }

    private static Map<String, String> read(Path file) throws IOException {
        Properties properties = new Properties();
        try (Reader in = Files.newBufferedReader(file)) {
            properties.load(in);
        } catch (IllegalArgumentException e) {
            throw new IOException("The file serving.properties cannot be read.", e);
        }
        Map<String, String> arguments = new HashMap<>();
        for (String key : properties.stringPropertyNames()) {
            String name = key.startsWith(PREFIX) ? key.substring(PREFIX.length()) : key;
            arguments.put(name, properties.getProperty(key, ""));
        }
        return arguments;
    }
}
