package dev.enclaveconsole.protocol.attestation;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the checks of one attestation document say. Computed by [AttestationVerifier] alone.
///
/// @param steps all checks in order, the later ones NOT_CHECKED where an earlier one made them impossible
/// @param verifiedAt the time against which dates and freshness were checked
/// @param pcrs index to lower-case hex, empty if the document could not be decoded
/// @param moduleId the NSM's name, `i-…-enc…`; empty if the document could not be decoded
public record Verdict(List<VerdictStep> steps, Instant verifiedAt, Map<Integer, String> pcrs, String moduleId) {

    /// Every step passed: it is proven what runs there and that this connection ends in it.
    public boolean trusted() {
        return steps.stream().allMatch(s -> s.status() == VerdictStep.Status.PASSED);
    }

    /// At least one step failed.
    public boolean refused() {
        return firstFailure().isPresent();
    }

    /// The first failed step in order.
    public Optional<VerdictStep> firstFailure() {
        return steps.stream()
                .filter(s -> s.status() == VerdictStep.Status.FAILED)
                .findFirst();
    }

    public VerdictStep step(StepId id) {
        return steps.stream().filter(s -> s.id() == id).findFirst().orElseThrow();
    }

    /// One sentence: why the enclave is not trusted, or that it is.
    public String reason() {
        return firstFailure()
                .or(() -> steps.stream()
                        .filter(s -> s.status() == VerdictStep.Status.NOT_CHECKED)
                        .findFirst())
                .map(VerdictStep::detail)
                .orElse("Every check passed.");
    }
}
