package dev.enclaveconsole.sandbox;

import dev.enclaveconsole.protocol.api.Json;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/// The well-known folder of this user where each running sandbox leaves its descriptor.
///
/// `$ENCLAVE_CONSOLE_HOME/run`, else `$XDG_RUNTIME_DIR/enclave-console`, else `~/.cache/enclave-console/run`.
///
/// @param folder created with mode 0700 when the first descriptor is written
public record RunningSandboxes(Path folder) {

    public static RunningSandboxes ofThisUser() {
        String own = System.getenv("ENCLAVE_CONSOLE_HOME");
        if (own != null && !own.isEmpty()) {
            return new RunningSandboxes(Path.of(own, "run"));
        }
        String runtime = System.getenv("XDG_RUNTIME_DIR");
        if (runtime != null && runtime.startsWith("/")) {
            return new RunningSandboxes(Path.of(runtime, "enclave-console"));
        }
        return new RunningSandboxes(Path.of(System.getProperty("user.home"), ".cache", "enclave-console", "run"));
    }

    /// One that is alive: its process exists and its home is there. A descriptor that cannot be read is passed over.
    public Optional<RunningSandbox> find() {
        if (!Files.isDirectory(folder)) {
            return Optional.empty();
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "sandbox-*.json")) {
            for (Path file : files) {
                Optional<RunningSandbox> running = read(file).filter(RunningSandboxes::isAlive);
                if (running.isPresent()) {
                    return running;
                }
            }
            return Optional.empty();
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    Path fileFor(String name) throws IOException {
        Files.createDirectories(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        return folder.resolve("sandbox-" + name + ".json");
    }

    static void write(Path file, RunningSandbox sandbox) throws IOException {
        Path half = file.resolveSibling(file.getFileName() + ".tmp");
        Files.write(half, Json.mapper().writeValueAsBytes(sandbox));
        Files.move(half, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static Optional<RunningSandbox> read(Path file) {
        try {
            return Optional.of(Json.mapper().readValue(file.toFile(), RunningSandbox.class));
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    private static boolean isAlive(RunningSandbox sandbox) {
        return ProcessHandle.of(sandbox.pid()).map(ProcessHandle::isAlive).orElse(false)
                && Files.isDirectory(sandbox.home());
    }
}
