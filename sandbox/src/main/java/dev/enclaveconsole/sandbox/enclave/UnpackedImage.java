package dev.enclaveconsole.sandbox.enclave;

import dev.enclaveconsole.protocol.eif.EifMetadata;
import dev.enclaveconsole.protocol.eif.Measurements;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An image whose application ramdisk lies unpacked on disk.
///
/// @param folder holds `rootfs/`, `cmd`, `env`; shared by enclaves of the same image, never written to
/// @param metadata what the image says about itself, null when it says nothing
record UnpackedImage(
        Path folder, Measurements measurements, @Nullable EifMetadata metadata) {

    Path rootfs() {
        return folder.resolve("rootfs");
    }

    List<String> command() throws IOException {
        return lines("cmd");
    }

    Map<String, String> environment() throws IOException {
        Map<String, String> environment = new LinkedHashMap<>();
        for (String line : lines("env")) {
            int equals = line.indexOf('=');
            if (equals > 0) {
                environment.put(line.substring(0, equals), line.substring(equals + 1));
            }
        }
        return environment;
    }

    private List<String> lines(String name) throws IOException {
        Path file = folder.resolve(name);
        return Files.exists(file)
                ? Files.readAllLines(file).stream()
                        .filter(line -> !line.isEmpty())
                        .toList()
                : List.of();
    }
}
