package dev.enclaveconsole.core.predict;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.enclaveconsole.core.failure.ConsoleException;
import dev.enclaveconsole.core.failure.Problem;
import dev.enclaveconsole.core.operation.OperationContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The demo model as what a zoo publishes, and a store that trusts the test's own server.
final class ZooFixture {
    static final OperationContext NONE = OperationContext.none();

    private final ZooServer server;
    private final Path folder;

    /// @param folder holds the store `models`
    ZooFixture(ZooServer server, Path folder) {
        this.server = server;
        this.folder = folder;
    }

    static byte[] demo(String file) throws IOException {
        Path root = Path.of("").toAbsolutePath();
        while (!Files.exists(root.resolve("assets/models"))) {
            root = root.resolve("..").normalize();
        }
        return Files.readAllBytes(root.resolve("assets/models/resnet9-cifar10").resolve(file));
    }

    ModelStore store() {
        return store(64 << 20);
    }

    ModelStore store(long largestModel) {
        return new ModelStore(folder.resolve("models"), server.web(largestModel));
    }

    Problem problem(ModelStore.AddRequest request) {
        return problem(store(), request);
    }

    static Problem problem(ModelStore store, ModelStore.AddRequest request) {
        return catchThrowableOfType(ConsoleException.class, () -> store.add(request, NONE))
                .problem();
    }

    static ModelStore.AddRequest request(String source) {
        return new ModelStore.AddRequest(source, Optional.empty(), Optional.empty(), Optional.empty(), false);
    }

    static ModelStore.AddRequest named(String source, String name) {
        return new ModelStore.AddRequest(source, Optional.of(name), Optional.empty(), Optional.empty(), false);
    }

    /// All that lies in the store's folder, hidden or not.
    List<String> stored() {
        try (Stream<Path> files = Files.list(folder.resolve("models"))) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }
}
