package dev.enclaveconsole.protocol.attestation;

import static dev.enclaveconsole.protocol.attestation.Steps.failed;
import static dev.enclaveconsole.protocol.attestation.Steps.notChecked;
import static dev.enclaveconsole.protocol.attestation.Steps.passed;
import static dev.enclaveconsole.protocol.attestation.Steps.time;
import static dev.enclaveconsole.protocol.attestation.Steps.value;

import dev.enclaveconsole.protocol.attestation.VerdictStep.Value;
import java.security.GeneralSecurityException;
import java.security.interfaces.ECPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Chain, root, dates and signature of one document.
final class CertificateChecks {
    private static final int SIGNATURE_BYTES = 96;
    private static final int P384_BITS = 384;

    private final AttestationDocument claims;
    private final CertificateChain chain;
    private final Instant time;
    private final boolean historic;

    CertificateChecks(AttestationDocument claims, Instant time, boolean historic) {
        this.claims = claims;
        this.chain = CertificateChain.parse(claims);
        this.time = time;
        this.historic = historic;
    }

    VerdictStep chain() {
        Value[] subjects = chain.certificates().stream()
                .map(c -> value(c.name(), c.x509().getSubjectX500Principal().getName()))
                .toArray(Value[]::new);
        return chain.problem(claims.timestamp())
                .map(problem -> failed(StepId.CHAIN, problem, subjects))
                .orElseGet(() -> passed(
                        StepId.CHAIN,
                        "The leaf and %d intermediate certificates form a valid chain below the document's root."
                                .formatted(chain.certificates().size() - 2),
                        subjects));
    }

    VerdictStep root(String pinnedSha256) {
        if (claims.cabundle().isEmpty()) {
            return failed(StepId.ROOT, "The document carries no root certificate.");
        }
        String found = Steps.hex(Steps.sha256(claims.cabundle().getFirst()));
        Value[] values = {value("pinned SHA-256", pinnedSha256), value("found SHA-256", found)};
        return found.equals(pinnedSha256)
                ? passed(StepId.ROOT, "The chain ends in the root certificate of AWS Nitro Enclaves.", values)
                : failed(StepId.ROOT, "The root certificate is not the one of AWS Nitro Enclaves.", values);
    }

    VerdictStep dates() {
        if (!chain.complete()) {
            return notChecked(StepId.DATES, "Not checked, because not every certificate could be read.");
        }
        List<String> outside = new ArrayList<>();
        List<Value> values = new ArrayList<>();
        values.add(value(historic ? "document's own time" : "time of verification", time(time)));
        for (var certificate : chain.certificates()) {
            Instant from = certificate.notBefore();
            Instant until = certificate.notAfter();
            values.add(value(certificate.name(), time(from) + " to " + time(until)));
            if (time.isAfter(until)) {
                outside.add("The %s certificate expired %s (%s before the time of verification)."
                        .formatted(certificate.name(), time(until), span(until, time)));
            } else if (time.isBefore(from)) {
                outside.add("The %s certificate is valid only from %s (%s after the time of verification)."
                        .formatted(certificate.name(), time(from), span(time, from)));
            }
        }
        Value[] shown = values.toArray(Value[]::new);
        if (!outside.isEmpty()) {
            return failed(StepId.DATES, String.join(" ", outside), shown);
        }
        return passed(
                StepId.DATES,
                historic
                        ? "Every certificate was valid at the document's own time, %s (historic).".formatted(time(time))
                        : "Every certificate is valid.",
                shown);
    }

    /// The leaf was issued for the module that the document names, and its key made the signature.
    VerdictStep signature(CoseSign1 message) {
        Optional<CertificateChain.Named> leaf = chain.leaf();
        if (leaf.isEmpty()) {
            return notChecked(StepId.SIGNATURE, "Not checked, because the leaf certificate could not be read.");
        }
        int length = message.signature().length;
        if (length != SIGNATURE_BYTES) {
            return failed(
                    StepId.SIGNATURE,
                    length == 0
                            ? "The document is not signed."
                            : "The signature has %d bytes instead of %d.".formatted(length, SIGNATURE_BYTES));
        }
        if (!(leaf.get().x509().getPublicKey() instanceof ECPublicKey key)
                || key.getParams().getCurve().getField().getFieldSize() != P384_BITS) {
            return failed(StepId.SIGNATURE, "The leaf certificate's key is not on the curve P-384.");
        }
        try {
            if (!message.verify(key)) {
                return failed(StepId.SIGNATURE, "The signature does not fit: the document has been altered or forged.");
            }
        } catch (GeneralSecurityException | RuntimeException e) {
            return failed(StepId.SIGNATURE, "The signature is none: " + e.getMessage() + ".");
        }
        return issuedFor(leaf.get());
    }

    private VerdictStep issuedFor(CertificateChain.Named leaf) {
        String commonName = leaf.commonName();
        Value[] values = {value("module", claims.moduleId()), value("leaf's common name", commonName)};
        if (!commonName.startsWith(claims.moduleId() + ".")) {
            return failed(
                    StepId.SIGNATURE,
                    "The leaf certificate was not issued for the enclave that the document names.",
                    values);
        }
        return passed(StepId.SIGNATURE, "The leaf certificate's key signed exactly this document.", values);
    }

    private static String span(Instant from, Instant to) {
        Duration between = Duration.between(from, to);
        if (between.toDays() >= 2) {
            return between.toDays() + " days";
        }
        return between.toHours() >= 2 ? between.toHours() + " hours" : between.toSeconds() + " seconds";
    }
}
