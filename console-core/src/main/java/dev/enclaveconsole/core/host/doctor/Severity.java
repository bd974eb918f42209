package dev.enclaveconsole.core.host.doctor;

/// How a finding matters.
public enum Severity {
    OK,
    /// Enclaves run, but something will go wrong or is not as it should be.
    WARNING,
    /// No enclave runs, or none can be reached.
    PROBLEM,
    /// The host did not tell.
    UNKNOWN
}
