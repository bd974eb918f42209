package dev.enclaveconsole.core.trust;

import dev.enclaveconsole.core.failure.ConsoleException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/// Verdicts saved with their documents, one file each, newest first; they verify again offline.
@SuppressWarnings("DoNotCallSuggester")
public final class VerdictStore {
    private final Path folder;

    public VerdictStore(Path folder) {
        this.folder = folder;
    }

    /// @param id the file's name without extension
    public record Entry(String id, Path file, String enclaveId, Instant verifiedAt, boolean trusted, String reason) {}

    public Entry save(Attestation attestation) throws ConsoleException {
        throw new UnsupportedOperationException();
    }

    public List<Entry> list() throws ConsoleException {
        throw new UnsupportedOperationException(folder.toString());
    }

    public Attestation load(String id) throws ConsoleException {
        throw new UnsupportedOperationException();
    }
}
