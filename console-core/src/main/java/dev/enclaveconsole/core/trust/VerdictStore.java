package dev.enclaveconsole.core.trust;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.enclaveconsole.core.failure.ConsoleException;
import dev.enclaveconsole.core.failure.Problem;
import dev.enclaveconsole.core.settings.AtomicFiles;
import dev.enclaveconsole.protocol.api.Json;
import dev.enclaveconsole.protocol.attestation.SavedVerdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Verdicts saved with their documents, one file each; they verify again offline. A file is a [SavedVerdict] with the
/// enclave's id and the name of the pins beside it.
public final class VerdictStore {
    private static final Logger LOG = LoggerFactory.getLogger(VerdictStore.class);
    private static final String SUFFIX = ".json";
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);

    private final Path folder;

    public VerdictStore(Path folder) {
        this.folder = folder;
    }

    /// @param id the file's name without extension
    public record Entry(String id, Path file, String enclaveId, Instant verifiedAt, boolean trusted, String reason) {}

    public Entry save(Attestation attestation) throws ConsoleException {
        SavedVerdict saved = attestation.saved();
        String safeId = attestation.enclaveId().replaceAll("[^A-Za-z0-9._-]", "_");
        Path file = folder.resolve(STAMP.format(saved.verifiedAt()) + "-" + safeId + SUFFIX);
        ObjectNode json = Json.mapper().valueToTree(saved);
        json.put("enclaveId", attestation.enclaveId());
        attestation.pins().ifPresent(name -> json.put("pins", name));
        try {
            AtomicFiles.write(
                    file, Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsBytes(json));
        } catch (IOException e) {
            throw failure("verdict.not-saved", "The verdict could not be saved in " + folder + ".", e);
        }
        return entry(file, attestation);
    }

    /// Newest first. Files that are no verdicts are passed over.
    public List<Entry> list() throws ConsoleException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        List<Entry> entries = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(f -> f.toString().endsWith(SUFFIX)).toList()) {
                try {
                    entries.add(entry(file, read(file)));
                } catch (IOException | IllegalArgumentException e) {
                    LOG.warn("{} is no saved verdict: {}", file, e.getMessage());
                }
            }
        } catch (IOException e) {
            throw failure("verdict.unreadable", "The saved verdicts in " + folder + " cannot be read.", e);
        }
        entries.sort(Comparator.comparing(Entry::id).reversed());
        return List.copyOf(entries);
    }

    public Attestation load(String id) throws ConsoleException {
        Path file = folder.resolve(id + SUFFIX).normalize();
        try {
            if (!folder.normalize().equals(file.getParent())) {
                throw new IllegalArgumentException("It is no name of a verdict.");
            }
            return read(file);
        } catch (IOException | IllegalArgumentException e) {
            throw failure("verdict.unreadable", "The verdict " + id + " cannot be read.", e);
        }
    }

    private static Attestation read(Path file) throws IOException {
        String text = Files.readString(file);
        JsonNode json = Json.mapper().readTree(text);
        Optional<String> pins =
                json.hasNonNull("pins") ? Optional.of(json.get("pins").asText()) : Optional.empty();
        return new Attestation(json.path("enclaveId").asText(""), pins, SavedVerdict.fromJson(text));
    }

    private static Entry entry(Path file, Attestation attestation) {
        String name = String.valueOf(file.getFileName());
        return new Entry(
                name.substring(0, name.length() - SUFFIX.length()),
                file,
                attestation.enclaveId(),
                attestation.saved().verifiedAt(),
                attestation.verdict().trusted(),
                attestation.verdict().reason());
    }

    private static ConsoleException failure(String code, String what, Exception cause) {
        return new ConsoleException(
                Problem.failed(code, what, String.valueOf(cause.getMessage()), "Check the folder and the file."),
                cause);
    }
}
