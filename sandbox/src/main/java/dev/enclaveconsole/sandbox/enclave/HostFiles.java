package dev.enclaveconsole.sandbox.enclave;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/// The files of a parent host that tell of enclaves, below a root of its own: the set-aside memory and CPUs in `/sys`,
/// a socket per enclave in `/run/nitro_enclaves`, the log in `/var/log/nitro_enclaves`.
///
/// @param root stands for `/`
public record HostFiles(Path root) {

    private static final int PAGE_KIB = 2048;

    /// @throws IOException when the folders cannot be made
    public static HostFiles create(Path root) throws IOException {
        HostFiles files = new HostFiles(root);
        for (Path folder : List.of(files.pages(), files.sockets(), files.logs())) {
            Files.createDirectories(folder);
        }
        return files;
    }

    /// Error logs of `nitro-cli` and its common log.
    public Path logs() {
        return root.resolve("var/log/nitro_enclaves");
    }

    /// The CPUs that are set aside, as `1-2,5`; empty while the driver is not loaded.
    Optional<String> pool() {
        return read(root.resolve("sys/module/nitro_enclaves/parameters/ne_cpus"));
    }

    /// The memory that is set aside.
    long totalMib() {
        return read(pages().resolve("nr_hugepages")).map(Long::parseLong).orElse(0L) * PAGE_KIB / 1024;
    }

    void showFree(long freeMib) {
        write(pages().resolve("free_hugepages"), Long.toString(freeMib * 1024 / PAGE_KIB));
    }

    private static Optional<String> read(Path file) {
        try {
            return Optional.of(Files.readString(file).strip());
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    void showEnclave(String id) {
        write(sockets().resolve(id + ".sock"), "");
    }

    void hideEnclave(String id) throws IOException {
        Files.deleteIfExists(sockets().resolve(id + ".sock"));
    }

    /// Adds a line to the log in the form of `nitro-cli`'s: `[enc-…:pid][INFO][time][place] message`.
    void log(Enclave enclave, Clock clock, String message) {
        String shortId =
                enclave.id().substring(enclave.id().indexOf("-enc") + 1).replaceFirst("enc", "enc-");
        String line = "[%s:%d][INFO][%s][enclave_proc/mod.rs:1] %s\n"
                .formatted(shortId, enclave.processId(), clock.instant().truncatedTo(ChronoUnit.MILLIS), message);
        try {
            Files.writeString(
                    logs().resolve("nitro_enclaves.log"), line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException("the log of nitro-cli cannot be written", e);
        }
    }

    private void write(Path file, String content) {
        try {
            Files.writeString(file, content + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException("the host's file " + file + " cannot be written", e);
        }
    }

    private Path sockets() {
        return root.resolve("run/nitro_enclaves");
    }

    private Path pages() {
        return root.resolve("sys/devices/system/node/node0/hugepages/hugepages-" + PAGE_KIB + "kB");
    }
}
