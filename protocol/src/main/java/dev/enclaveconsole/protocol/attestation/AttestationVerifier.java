package dev.enclaveconsole.protocol.attestation;

import dev.enclaveconsole.protocol.attestation.VerdictStep.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Judges attestation documents: every check of [StepId], each with its own result, every mismatch named. A
/// failed check does not hide the later ones. Pure computation; safe for use by several threads.
public final class AttestationVerifier {
    /// SHA-256 of the DER of AWS's root certificate, CN=aws.nitro-enclaves, valid 2019-10-28 to 2049-10-28.
    public static final String AWS_ROOT_SHA256 = "641a0321a3e244efe456463195d606317ed7cdcc3c1756e09893f3c68f79bb5b";

    /// A genuine document has about 4.5 kB, its payload at most 16 KiB.
    private static final int MAX_DOCUMENT_BYTES = 32 * 1024;

    private final String rootSha256;

    public AttestationVerifier() {
        this(AWS_ROOT_SHA256);
    }

    AttestationVerifier(String rootSha256) {
        this.rootSha256 = rootSha256;
    }

    /// Never throws, whatever the bytes.
    ///
    /// @param document a COSE_Sign1, untagged or with tag 18
    public Verdict verify(byte[] document, Expectations expectations) {
        CoseSign1 message;
        AttestationDocument claims;
        try {
            if (document.length > MAX_DOCUMENT_BYTES) {
                throw new MalformedCborException("The document has %d bytes, more than any genuine one (%d)."
                        .formatted(document.length, MAX_DOCUMENT_BYTES));
            }
            message = CoseSign1.decode(document);
            claims = AttestationDocument.decode(message.payload());
        } catch (MalformedCborException e) {
            return undecodable(e, expectations);
        }
        return judge(message, claims, expectations);
    }

    private Verdict judge(CoseSign1 message, AttestationDocument claims, Expectations expectations) {
        @Nullable Instant at = expectations.at();
        Instant time = at == null ? claims.timestamp() : at;
        var certificates = new CertificateChecks(claims, time, expectations.historic());
        var checks = new DocumentChecks(claims, expectations);
        List<VerdictStep> steps = new ArrayList<>();
        steps.add(Steps.passed(
                StepId.DECODE,
                "The document is a well-formed COSE_Sign1 with ES384.",
                Steps.value("module", claims.moduleId()),
                Steps.value("timestamp", claims.timestamp().toString())));
        steps.add(checks.sizes(message.payload().length));
        steps.add(certificates.chain());
        steps.add(certificates.root(rootSha256));
        VerdictStep dates = certificates.dates();
        steps.add(dates);
        steps.add(certificates.signature(message));
        steps.add(checks.nonce());
        steps.add(checks.freshness(dates.status() == Status.FAILED));
        steps.add(checks.debug());
        steps.add(checks.measurements());
        steps.add(KeyBindingCheck.check(claims, expectations));
        Map<Integer, String> pcrs = new TreeMap<>();
        claims.pcrs().forEach((index, register) -> pcrs.put(index, Steps.hex(register)));
        return new Verdict(steps, time, pcrs, claims.moduleId());
    }

    private static Verdict undecodable(MalformedCborException why, Expectations expectations) {
        List<VerdictStep> steps = Arrays.stream(StepId.values())
                .map(id -> id == StepId.DECODE
                        ? Steps.failed(id, String.valueOf(why.getMessage()))
                        : Steps.notChecked(id, "Not checked, because the document could not be decoded."))
                .toList();
        @Nullable Instant at = expectations.at();
        return new Verdict(steps, at == null ? Instant.EPOCH : at, Map.of(), "");
    }
}
