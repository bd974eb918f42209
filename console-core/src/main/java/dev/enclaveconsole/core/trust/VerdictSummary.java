package dev.enclaveconsole.core.trust;

import dev.enclaveconsole.protocol.attestation.Verdict;
import java.time.Instant;
import java.util.Map;

/// What every report and export says about the enclave its numbers come from.
///
/// @param banner `VERIFIED` or `UNTRUSTED: reason`
public record VerdictSummary(
        boolean trusted, String banner, String reason, Instant verifiedAt, String moduleId, Map<Integer, String> pcrs) {
    public static VerdictSummary of(Verdict verdict) {
        boolean trusted = verdict.trusted();
        return new VerdictSummary(
                trusted,
                trusted ? "VERIFIED" : "UNTRUSTED: " + verdict.reason(),
                verdict.reason(),
                verdict.verifiedAt(),
                verdict.moduleId(),
                verdict.pcrs());
    }
}
