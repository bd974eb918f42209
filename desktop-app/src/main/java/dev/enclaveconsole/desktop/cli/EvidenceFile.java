package dev.enclaveconsole.desktop.cli;

import dev.enclaveconsole.core.failure.ConsoleException;
import dev.enclaveconsole.core.failure.Problem;
import dev.enclaveconsole.protocol.attestation.SavedVerdict;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// A file that is said to prove something: a raw document, or a verdict saved with its document.
sealed interface EvidenceFile {
    record Raw(byte[] document) implements EvidenceFile {}

    record Saved(SavedVerdict verdict) implements EvidenceFile {}

    int MAX_BYTES = 1 << 20;

    /// Whatever is no saved verdict is a raw document, which the verifier then judges.
    ///
    /// @throws ConsoleException failed `attest.file-unreadable`; refused `attest.file-too-large`,
    ///     `attest.saved-verdict-damaged`
    static EvidenceFile read(Path file) throws ConsoleException {
        byte[] content = content(file);
        String text = new String(content, StandardCharsets.UTF_8);
        if (!text.stripLeading().startsWith("{")) {
            return new Raw(content);
        }
        try {
            return new Saved(SavedVerdict.fromJson(text));
        } catch (IllegalArgumentException e) {
            throw new ConsoleException(
                    Problem.refused(
                            "attest.saved-verdict-damaged",
                            file + " is no saved verdict.",
                            String.valueOf(e.getMessage()),
                            "Use a file that attest fetch saved, or a raw attestation document."),
                    e);
        }
    }

    private static byte[] content(Path file) throws ConsoleException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] content = in.readNBytes(MAX_BYTES + 1);
            if (content.length > MAX_BYTES) {
                throw new ConsoleException(Problem.refused(
                        "attest.file-too-large",
                        file + " is no attestation document.",
                        "Documents are at most 16 KiB, this file is larger than 1 MiB.",
                        "Use a raw document or a saved verdict."));
            }
            return content;
        } catch (IOException e) {
            throw new ConsoleException(
                    Problem.failed(
                            "attest.file-unreadable",
                            file + " cannot be read.",
                            Files.exists(file) ? String.valueOf(e.getMessage()) : "There is no such file.",
                            "Check the path."),
                    e);
        }
    }
}
