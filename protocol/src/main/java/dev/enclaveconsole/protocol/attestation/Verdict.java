package dev.enclaveconsole.protocol.attestation;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/// What the checks of one attestation document say. Computed by [AttestationVerifier] alone.
///
/// @param steps all checks in order, the later ones NOT_CHECKED where an earlier one made them impossible
/// @param verifiedAt the time against which dates and freshness were checked
/// @param pcrs index to lower-case hex, empty if the document could not be decoded
/// @param moduleId the NSM's name, `i-…-enc…`; empty if the document could not be decoded
public record Verdict(List<VerdictStep> steps, Instant verifiedAt, Map<Integer, String> pcrs, String moduleId) {
    /// @throws IllegalArgumentException unless there is exactly one result for each check, in order
    public Verdict {
        steps = List.copyOf(steps);
        pcrs = Collections.unmodifiableMap(new TreeMap<>(pcrs));
        Objects.requireNonNull(verifiedAt, "verifiedAt");
        Objects.requireNonNull(moduleId, "moduleId");
        if (!steps.stream().map(VerdictStep::id).toList().equals(List.of(StepId.values()))) {
            throw new IllegalArgumentException("A verdict has one result for each check.");
        }
    }

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
