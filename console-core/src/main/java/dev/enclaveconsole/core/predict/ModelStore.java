package dev.enclaveconsole.core.predict;

import dev.enclaveconsole.core.failure.ConsoleException;
import dev.enclaveconsole.core.failure.Problem;
import dev.enclaveconsole.core.operation.OperationContext;
import dev.enclaveconsole.core.settings.AtomicFiles;
import dev.enclaveconsole.protocol.api.Json;
import dev.enclaveconsole.protocol.api.ModelDescription;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Models from which enclave images are made: `NAME/{model.onnx,labels.txt,model.json}` below one folder. A running
/// enclave has the models of its measured image and takes no others, so a model added here is served by images built
/// from then on.
public final class ModelStore {
    private static final Logger LOG = LoggerFactory.getLogger(ModelStore.class);
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");

    private final Path folder;
    private final ModelWeb web;

    public ModelStore(Path folder) {
        this(folder, ModelWeb.usual());
    }

    ModelStore(Path folder, ModelWeb web) {
        this.folder = folder;
        this.web = web;
    }

    /// What to add.
    ///
    /// @param source an ONNX file, a model folder, an archive (.zip, .tar, .tar.gz), `hf://ORG/REPO[@REVISION]` or
    ///     a page on Hugging Face, `djl://GROUP/ARTIFACT[/VERSION[/NAME]]`, or the https address of an ONNX file or
    ///     archive
    /// @param name taken from the source if empty
    /// @param labels one label a line; if empty, `labels.txt` or `NAME_labels.txt` beside the model, or
    ///     what a zoo lists
    /// @param sha256 hex that the ONNX file must have, if the user knows it; also if it comes in an archive
    public record AddRequest(
            String source, Optional<String> name, Optional<Path> labels, Optional<String> sha256, boolean replace) {}

    /// What the store holds.
    ///
    /// @param models by name
    /// @param damaged one problem for each folder that cannot be read as a model
    public record Content(List<StoredModel> models, List<Problem> damaged) {}

    /// Never fails for one damaged model among others.
    public Content list() throws ConsoleException {
        List<StoredModel> models = new ArrayList<>();
        List<Problem> damaged = new ArrayList<>();
        if (!Files.isDirectory(folder)) {
            return new Content(models, damaged);
        }
        try (Stream<Path> folders = Files.list(folder)) {
            for (Path model : folders.filter(f -> Files.isRegularFile(f.resolve(ModelFiles.DESCRIPTION)))
                    .filter(f -> !f.getFileName().toString().startsWith("."))
                    .sorted()
                    .toList()) {
                try {
                    models.add(read(model));
                } catch (IOException | RuntimeException e) {
                    damaged.add(ModelProblems.damaged(model));
                }
            }
        } catch (IOException e) {
            throw new ConsoleException(ModelProblems.store(folder, e), e);
        }
        return new Content(List.copyOf(models), List.copyOf(damaged));
    }

    /// @throws ConsoleException `model.missing`, `model.no-onnx`, `model.labels-missing`, `model.labels-differ`,
    ///     `model.digest-differs`, `model.too-large`, `model.download-failed`, `model.name-taken`,
    ///     `model.name-invalid`, `model.description-invalid`, `model.several-onnx`, `model.external-data`,
    ///     `model.preprocessing-unsupported`, `model.not-in-zoo`, `model.archive-unsafe`, `model.archive-broken`
    public StoredModel add(AddRequest request, OperationContext context) throws ConsoleException {
        Path draft = folder.resolve(".draft-" + UUID.randomUUID());
        Path parts = folder.resolve(".parts-" + UUID.randomUUID());
        try {
            AtomicFiles.createFolder(draft);
            AtomicFiles.createFolder(parts);
            ModelFiles files = new ModelSources(web, parts, context).fetch(request);
            String name = request.name().orElse(files.suggestedName());
            if (!NAME.matcher(name).matches()) {
                throw new ConsoleException(ModelProblems.name(name));
            }
            new ModelCheck(name, request).describe(files, draft);
            context.checkCancelled();
            return publish(draft, name, request.replace());
        } catch (IOException e) {
            context.checkCancelled();
            throw new ConsoleException(ModelProblems.store(folder, e), e);
        } finally {
            delete(draft);
            delete(parts);
        }
    }

    /// @return false if there was none of that name
    public boolean remove(String name) throws ConsoleException {
        Path model = folder.resolve(name);
        if (!NAME.matcher(name).matches() || !Files.isDirectory(model)) {
            return false;
        }
        delete(model);
        return true;
    }

    private StoredModel publish(Path draft, String name, boolean replace) throws IOException, ConsoleException {
        Path target = folder.resolve(name);
        Path old = folder.resolve(".old-" + UUID.randomUUID());
        boolean exists = Files.exists(target);
        if (exists && !replace) {
            throw new ConsoleException(ModelProblems.taken(name));
        }
        if (exists) {
            Files.move(target, old, StandardCopyOption.ATOMIC_MOVE);
        }
        try {
            Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            if (exists) {
                Files.move(old, target, StandardCopyOption.ATOMIC_MOVE);
            }
            throw e;
        }
        delete(old);
        return read(target);
    }

    private static StoredModel read(Path model) throws IOException {
        Path onnx = model.resolve(ModelFiles.MODEL);
        ModelDescription description = Json.mapper()
                .readValue(Files.readAllBytes(model.resolve(ModelFiles.DESCRIPTION)), ModelDescription.class);
        int labels = ModelFiles.readLabels(model.resolve(ModelFiles.LABELS)).size();
        OptionalInt classes = OnnxModel.read(onnx).classes();
        boolean checked = classes.isPresent() && classes.getAsInt() == labels;
        return new StoredModel(description, model, Files.size(onnx), labels, checked);
    }

    private static void delete(Path tree) {
        if (!Files.exists(tree)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(tree)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            LOG.warn("{} could not be deleted: {}", tree, e.getMessage());
        }
    }
}
