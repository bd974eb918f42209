package dev.enclaveconsole.core.trust;

import dev.enclaveconsole.protocol.attestation.Verdict;
import java.util.Optional;

/// One verified document of one enclave.
///
/// @param pins name of the pinned image it was compared with
/// @param document COSE_Sign1 as received
public record Attestation(String enclaveId, Optional<String> pins, byte[] document, Verdict verdict) {}
