package dev.enclaveconsole.protocol.attestation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/// Real documents beside the repository, `<repository>/../shared/data`; tests are skipped where there are none.
final class SharedData {

    static byte[] attestation(String name) throws IOException {
        @Nullable Path folder = Path.of("").toAbsolutePath();
        while (folder != null) {
            Path file = folder.resolve("shared/data/attestation").resolve(name);
            if (Files.isRegularFile(file)) {
                return Files.readAllBytes(file);
            }
            folder = folder.getParent();
        }
        Assumptions.abort("shared/data/attestation/" + name + " is not here");
        throw new AssertionError();
    }

    private SharedData() {}
}
