package dev.enclaveconsole.server;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/// Finds the files that tests read, from the module's folder or the repository's.
final class TestFiles {
    private TestFiles() {}

    static Path demoModel() {
        return repository().resolve("assets/models/resnet9-cifar10");
    }

    /// A file of the shared test data beside the repository; the test is skipped where there is none.
    static Path shared(String path) {
        Path file = repository().resolveSibling("shared").resolve("data").resolve(path);
        Assumptions.assumeTrue(Files.exists(file), () -> file + " is not here");
        return file;
    }

    private static Path repository() {
        Path folder = Path.of("").toAbsolutePath();
        while (folder != null && !Files.exists(folder.resolve("mvnw"))) {
            folder = folder.getParent();
        }
        if (folder == null) {
            throw new IllegalStateException("the tests run inside the repository");
        }
        return folder;
    }
}
