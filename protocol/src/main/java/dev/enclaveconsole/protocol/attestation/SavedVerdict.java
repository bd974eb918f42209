package dev.enclaveconsole.protocol.attestation;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.enclaveconsole.protocol.api.Json;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A verdict with everything it was computed from, so that anyone can compute it again later, offline.
///
/// @param document the COSE_Sign1 as received
/// @param verifiedAt the time against which dates and freshness were checked
/// @param verdict what was shown then; only [#reverify] proves anything to a later reader
public record SavedVerdict(byte[] document, Expectations expectations, Instant verifiedAt, Verdict verdict) {
    public SavedVerdict {
        Objects.requireNonNull(document, "document");
        Objects.requireNonNull(expectations, "expectations");
        Objects.requireNonNull(verifiedAt, "verifiedAt");
        Objects.requireNonNull(verdict, "verdict");
    }

    public static SavedVerdict of(byte[] document, Expectations expectations, Verdict verdict) {
        return new SavedVerdict(document, expectations, verdict.verifiedAt(), verdict);
    }

    /// @throws IllegalArgumentException if the text is no saved verdict
    public static SavedVerdict fromJson(String json) {
        try {
            @Nullable SavedVerdict saved = Json.mapper().readValue(json, SavedVerdict.class);
            if (saved == null) {
                throw new IllegalArgumentException("This is not a saved verdict: it is empty.");
            }
            return saved;
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("This is not a saved verdict: " + e.getOriginalMessage(), e);
        }
    }

    public String toJson() {
        try {
            return Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Computes the verdict again from document and expectations, at the time of the original one.
    public Verdict reverify() {
        return new AttestationVerifier().verify(document, expectations);
    }

    /// Whether the verdict in this file is the one that its document yields.
    public boolean isGenuine() {
        return reverify().equals(verdict);
    }
}
