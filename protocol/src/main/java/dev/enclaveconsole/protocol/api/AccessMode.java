package dev.enclaveconsole.protocol.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/// Who may predict, as the image's measured configuration says.
public enum AccessMode {
    /// Only the operator who claimed the enclave.
    @JsonProperty("operator")
    OPERATOR,
    /// Anyone may predict; everything else stays with the operator.
    @JsonProperty("open")
    OPEN
}
