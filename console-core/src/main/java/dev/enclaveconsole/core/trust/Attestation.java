package dev.enclaveconsole.core.trust;

import dev.enclaveconsole.protocol.attestation.SavedVerdict;
import dev.enclaveconsole.protocol.attestation.Verdict;
import java.util.Optional;

/// One verified document of one enclave.
///
/// @param enclaveId as the parent names it
/// @param pins name of the pinned image it was compared with
/// @param saved document, expectations and verdict: enough to verify again offline
public record Attestation(String enclaveId, Optional<String> pins, SavedVerdict saved) {

    /// COSE_Sign1 as received.
    public byte[] document() {
        return saved.document();
    }

    public Verdict verdict() {
        return saved.verdict();
    }
}
