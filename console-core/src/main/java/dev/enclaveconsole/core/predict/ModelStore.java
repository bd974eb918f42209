package dev.enclaveconsole.core.predict;

import dev.enclaveconsole.core.failure.ConsoleException;
import dev.enclaveconsole.core.operation.OperationContext;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Models from which enclave images are made: `NAME/{model.onnx,labels.txt,model.json}` below one folder. A running
/// enclave has the models of its measured image and takes no others, so a model added here is served by images
/// built from then on.
@SuppressWarnings("DoNotCallSuggester")
public final class ModelStore {
    private final Path folder;

    public ModelStore(Path folder) {
        this.folder = folder;
    }

    /// What to add.
    ///
    /// @param source an ONNX file, a model folder, or an https address
    /// @param name taken from the source if empty
    /// @param labels one label a line; if empty, `labels.txt` or `NAME_labels.txt` beside the model
    /// @param sha256 lower-case hex the model file must have, if the user knows it
    public record AddRequest(
            String source, Optional<String> name, Optional<Path> labels, Optional<String> sha256, boolean replace) {}

    public List<StoredModel> list() throws ConsoleException {
        throw new UnsupportedOperationException(folder.toString());
    }

    /// @throws ConsoleException `model.missing`, `model.no-onnx`, `model.labels-missing`, `model.labels-differ`,
    ///     `model.digest-differs`, `model.too-large`, `model.download-failed`, `model.name-taken`
    public StoredModel add(AddRequest request, OperationContext context) throws ConsoleException {
        throw new UnsupportedOperationException();
    }

    /// @return false if there was none of that name
    public boolean remove(String name) throws ConsoleException {
        throw new UnsupportedOperationException();
    }
}
