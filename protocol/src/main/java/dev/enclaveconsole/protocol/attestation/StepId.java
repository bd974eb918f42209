package dev.enclaveconsole.protocol.attestation;

/// The checks of a verdict, in the order in which they are made and shown.
public enum StepId {
    /// The bytes are one well-formed COSE_Sign1 with ES384 and a complete payload.
    DECODE,
    /// Every field is within the NSM's limits.
    SIZES,
    /// Leaf and intermediates form a valid chain below `cabundle[0]`.
    CHAIN,
    /// `cabundle[0]` is AWS's root, compared by SHA-256.
    ROOT,
    /// Every certificate is valid at the time of verification.
    DATES,
    /// The leaf's key signed the payload.
    SIGNATURE,
    /// The document carries the nonce that the verifier chose.
    NONCE,
    /// The document's timestamp is recent.
    FRESHNESS,
    /// PCR0, PCR1 and PCR2 are not all zero, as they are in debug mode.
    DEBUG,
    /// The PCRs equal those that the user pinned or the owner published.
    MEASUREMENTS,
    /// The document names the TLS key of this very connection, and the operator's key once claimed.
    KEY_BINDING
}
