package dev.enclaveconsole.server.predict.model;

import dev.enclaveconsole.protocol.api.ErrorCode;
import dev.enclaveconsole.protocol.api.ModelDescription;
import dev.enclaveconsole.server.predict.image.ImageDecoder;
import dev.enclaveconsole.server.transport.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/// The models of this image. A broken one does not stop the others, unless it is the default.
public final class Models implements AutoCloseable {
    private final Map<String, LoadedModel> byName;
    private final String defaultName;
    private final List<String> faults;

    private Models(Map<String, LoadedModel> byName, String defaultName, List<String> faults) {
        this.byName = byName;
        this.defaultName = defaultName;
        this.faults = List.copyOf(faults);
    }

    /// @throws ModelFault when the default model cannot be used
    public static Models load(Path folder, String defaultName, int workers) throws ModelFault {
        var decoder = new ImageDecoder();
        Map<String, LoadedModel> byName = new TreeMap<>();
        List<String> faults = new ArrayList<>();
        for (Path modelFolder : folders(folder)) {
            String name = String.valueOf(modelFolder.getFileName());
            try {
                byName.put(name, LoadedModel.load(ModelFolder.read(modelFolder), workers, decoder));
            } catch (ModelFault fault) {
                if (name.equals(defaultName)) {
                    byName.values().forEach(LoadedModel::close);
                    throw fault;
                }
                faults.add(fault.getMessage());
            }
        }
        if (!byName.containsKey(defaultName)) {
            byName.values().forEach(LoadedModel::close);
            throw new ModelFault(
                    "model %s: there is no such folder in %s. Correct defaultModel in enclave.json or add it."
                            .formatted(defaultName, folder));
        }
        return new Models(byName, defaultName, faults);
    }

    private static List<Path> folders(Path folder) throws ModelFault {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(Files::isDirectory).sorted().toList();
        } catch (IOException e) {
            throw new ModelFault(
                    "models: %s cannot be listed. The image must hold its models there.".formatted(folder));
        }
    }

    public LoadedModel defaultModel() {
        LoadedModel model = byName.get(defaultName);
        if (model == null) {
            throw new IllegalStateException("the default model was loaded at start");
        }
        return model;
    }

    /// @throws Refusal MODEL_UNKNOWN
    public LoadedModel find(Optional<String> name) throws Refusal {
        LoadedModel model = byName.get(name.orElse(defaultName));
        if (model == null) {
            throw new Refusal(
                    ErrorCode.MODEL_UNKNOWN,
                    "This enclave has no such model.",
                    "Its models are: " + String.join(", ", byName.keySet()) + ".");
        }
        return model;
    }

    public List<ModelDescription> descriptions() {
        return byName.values().stream().map(LoadedModel::description).toList();
    }

    /// One line per folder that could not be used.
    public List<String> faults() {
        return faults;
    }

    @Override
    public void close() {
        byName.values().forEach(LoadedModel::close);
    }
}
