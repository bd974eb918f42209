package dev.enclaveconsole.protocol.attestation;

/// Judges attestation documents.
public final class AttestationVerifier {
    /// SHA-256 of the DER of AWS's root certificate, CN=aws.nitro-enclaves, valid 2019-10-28 to 2049-10-28.
    static final String AWS_ROOT_SHA256 = "641a0321a3e244efe456463195d606317ed7cdcc3c1756e09893f3c68f79bb5b";

    private final String rootSha256;

    public AttestationVerifier() {
        this(AWS_ROOT_SHA256);
    }

    AttestationVerifier(String rootSha256) {
        this.rootSha256 = rootSha256;
    }

    /// Never throws, whatever the bytes.
    public Verdict verify(byte[] document, Expectations expectations) {
        var steps = java.util.Arrays.stream(StepId.values())
                .map(id -> new VerdictStep(id, VerdictStep.Status.NOT_CHECKED, rootSha256, java.util.List.of()))
                .toList();
        return new Verdict(steps, java.time.Instant.EPOCH, java.util.Map.of(), "");
    }
}
