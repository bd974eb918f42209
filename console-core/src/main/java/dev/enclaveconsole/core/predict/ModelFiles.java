package dev.enclaveconsole.core.predict;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The parts of a model as found at its source, before they are checked.
///
/// @param description a `model.json` beside it
/// @param origin for the description: the file's name or the address
/// @param hints what counts where there is no description
record ModelFiles(
        Path onnx, Path labels, Optional<Path> description, String suggestedName, String origin, ModelHints hints) {
    static final String MODEL = "model.onnx";
    static final String LABELS = "labels.txt";
    static final String DESCRIPTION = "model.json";

    ModelFiles withName(String name) {
        return new ModelFiles(onnx, labels, description, name, origin, hints);
    }

    ModelFiles withHints(ModelHints newHints) {
        return new ModelFiles(onnx, labels, description, suggestedName, origin, newHints);
    }

    /// One label a line; an empty last line does not count.
    static List<String> readLabels(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
                .stripTrailing()
                .lines()
                .map(String::strip)
                .toList();
    }
}
