package dev.enclaveconsole.core.enclave;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.enclaveconsole.core.failure.ConsoleException;
import dev.enclaveconsole.core.failure.Problem;
import dev.enclaveconsole.core.settings.AtomicFiles;
import dev.enclaveconsole.core.settings.JsonFile;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Enclaves of one host that this computer has seen, and the consoles of those in debug mode: `enclaves.json` and
/// `ID.log` in one folder. They stay when the enclave is gone.
public final class ConsoleArchive {
    private static final int KEPT = 200;

    private final Path folder;
    private final JsonFile<Map<String, SavedEnclave>> index;

    public ConsoleArchive(Path folder) {
        this.folder = folder;
        this.index = new JsonFile<>(folder.resolve("enclaves.json"), new TypeReference<>() {});
    }

    /// Newest first.
    public synchronized List<SavedEnclave> list() throws ConsoleException {
        return index.read(Map.of()).values().stream()
                .sorted(Comparator.comparing(SavedEnclave::firstSeen).reversed())
                .toList();
    }

    /// The newest one with this id or name.
    ///
    /// @throws ConsoleException `console.unknown`
    public SavedEnclave require(String idOrName) throws ConsoleException {
        return list().stream()
                .filter(saved -> saved.id().equals(idOrName) || saved.name().equals(idOrName))
                .findFirst()
                .orElseThrow(() -> new ConsoleException(Problem.usage(
                        "console.unknown",
                        "This computer knows no enclave " + idOrName + " of that host.",
                        "",
                        "See the known ones: console enclave list --saved")));
    }

    synchronized void put(List<SavedEnclave> enclaves) throws ConsoleException {
        if (enclaves.isEmpty()) {
            return;
        }
        Map<String, SavedEnclave> all = new TreeMap<>(index.read(Map.of()));
        enclaves.forEach(enclave -> all.put(enclave.id(), enclave));
        List<SavedEnclave> oldest = all.values().stream()
                .sorted(Comparator.comparing(SavedEnclave::firstSeen))
                .limit(Math.max(0, all.size() - KEPT))
                .toList();
        for (SavedEnclave enclave : oldest) {
            all.remove(enclave.id());
            delete(file(enclave.id()));
        }
        index.write(all);
    }

    public Path file(String id) {
        return folder.resolve(id.replaceAll("[^A-Za-z0-9._-]", "_") + ".log");
    }

    /// The saved console, empty if none was saved.
    public Optional<List<String>> lines(String id) throws ConsoleException {
        if (!Files.exists(file(id))) {
            return Optional.empty();
        }
        try {
            return Optional.of(Files.readAllLines(file(id), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw failure(id, e);
        }
    }

    /// Takes a console's lines from its beginning; an older copy stays until the first line comes.
    Recorder recorder(String id) {
        return new Recorder(file(id));
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ConsoleException failure(String id, IOException cause) {
        return new ConsoleException(
                Problem.failed(
                        "console.unreadable",
                        "The saved console of " + id + " cannot be read.",
                        String.valueOf(cause.getMessage()),
                        "Check the file's permissions."),
                cause);
    }

    /// Writes one console to its file as it comes. A disk that is full ends the recording, not the reading.
    static final class Recorder implements AutoCloseable {
        private final Path file;
        private final List<IOException> failures = new ArrayList<>();
        private @Nullable BufferedWriter writer;

        private Recorder(Path file) {
            this.file = file;
        }

        void add(String line) {
            if (!failures.isEmpty()) {
                return;
            }
            try {
                BufferedWriter open = writer;
                if (open == null) {
                    AtomicFiles.write(file, new byte[0]);
                    open = Files.newBufferedWriter(file, StandardCharsets.UTF_8);
                    writer = open;
                }
                open.write(line);
                open.write('\n');
                open.flush();
            } catch (IOException e) {
                failures.add(e);
            }
        }

        @Override
        public void close() throws ConsoleException {
            try {
                if (writer != null) {
                    writer.close();
                }
            } catch (IOException e) {
                failures.add(e);
            }
            if (!failures.isEmpty()) {
                throw new ConsoleException(
                        Problem.failed(
                                "console.not-saved",
                                "The console could not be saved in " + file + ".",
                                String.valueOf(failures.getFirst().getMessage()),
                                "Check free space and permissions."),
                        failures.getFirst());
            }
        }
    }
}
