package dev.enclaveconsole.protocol.attestation;

import java.util.List;
import java.util.Objects;

/// Result of one check. `detail` is one sentence for people; `values` are the values compared, for display and reports.
public record VerdictStep(StepId id, Status status, String detail, List<Value> values) {
    public VerdictStep {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(detail, "detail");
        values = List.copyOf(values);
    }

    public enum Status {
        PASSED,
        FAILED,
        /// Nothing to compare with: no nonce was sent, no PCR pinned, no connection at hand. Never counts as passed.
        NOT_CHECKED
    }

    /// A named value, hex for digests.
    public record Value(String name, String value) {}
}
