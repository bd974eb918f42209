package dev.enclaveconsole.protocol.attestation;

import static dev.enclaveconsole.protocol.attestation.Steps.failed;
import static dev.enclaveconsole.protocol.attestation.Steps.hex;
import static dev.enclaveconsole.protocol.attestation.Steps.notChecked;
import static dev.enclaveconsole.protocol.attestation.Steps.passed;
import static dev.enclaveconsole.protocol.attestation.Steps.time;
import static dev.enclaveconsole.protocol.attestation.Steps.value;

import dev.enclaveconsole.protocol.attestation.VerdictStep.Value;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Checks of what a document says, as opposed to who signed it. Limits are those of AWS's `attestation_process.md`; its
/// hypervisor does not enforce all of them.
final class DocumentChecks {
    private static final int MAX_PAYLOAD_BYTES = 16_384;
    private static final int MAX_CERTIFICATE_BYTES = 1024;
    private static final int MAX_OPTIONAL_BYTES = 1024;
    private static final int MAX_PCRS = 32;
    private static final int PCR_BYTES = 48;

    private final AttestationDocument claims;
    private final Expectations expectations;

    DocumentChecks(AttestationDocument claims, Expectations expectations) {
        this.claims = claims;
        this.expectations = expectations;
    }

    VerdictStep sizes(int payloadBytes) {
        List<String> problems = new ArrayList<>();
        range(problems, "payload", payloadBytes, 1, MAX_PAYLOAD_BYTES);
        range(problems, "module_id", claims.moduleId().length(), 1, MAX_OPTIONAL_BYTES);
        if (!claims.digest().equals("SHA384")) {
            problems.add("The digest is %s instead of SHA384.".formatted(claims.digest()));
        }
        range(problems, "certificate", claims.certificate().length, 1, MAX_CERTIFICATE_BYTES);
        if (claims.cabundle().isEmpty()) {
            problems.add("The cabundle is empty.");
        }
        for (int i = 0; i < claims.cabundle().size(); i++) {
            range(problems, "cabundle[%d]".formatted(i), claims.cabundle().get(i).length, 1, MAX_CERTIFICATE_BYTES);
        }
        registers(problems);
        optional(problems, "public_key", claims.publicKey());
        optional(problems, "user_data", claims.userData());
        optional(problems, "nonce", claims.nonce());
        return problems.isEmpty()
                ? passed(StepId.SIZES, "Every field is within the limits.")
                : failed(StepId.SIZES, String.join(" ", problems));
    }

    private void registers(List<String> problems) {
        if (claims.pcrs().isEmpty() || claims.pcrs().size() > MAX_PCRS) {
            problems.add("There are %d PCRs instead of 1 to %d."
                    .formatted(claims.pcrs().size(), MAX_PCRS));
        }
        claims.pcrs().forEach((index, register) -> {
            if (index >= MAX_PCRS) {
                problems.add("PCR%d does not exist.".formatted(index));
            } else if (register.length != PCR_BYTES) {
                problems.add("PCR%d has %d bytes instead of %d.".formatted(index, register.length, PCR_BYTES));
            }
        });
    }

    private static void optional(List<String> problems, String field, Optional<byte[]> bytes) {
        bytes.ifPresent(b -> range(problems, field, b.length, 0, MAX_OPTIONAL_BYTES));
    }

    private static void range(List<String> problems, String field, int length, int min, int max) {
        if (length < min || length > max) {
            problems.add("The %s has %d bytes instead of %d to %d.".formatted(field, length, min, max));
        }
    }

    VerdictStep nonce() {
        byte @Nullable [] sent = expectations.nonce();
        if (sent == null) {
            return notChecked(StepId.NONCE, "No nonce was sent that the document could carry.");
        }
        Value expected = value("sent", sent);
        if (claims.nonce().isEmpty()) {
            return failed(StepId.NONCE, "The document carries no nonce.", expected);
        }
        byte[] found = claims.nonce().get();
        return MessageDigest.isEqual(found, sent)
                ? passed(StepId.NONCE, "The document carries the nonce that was sent.", expected)
                : failed(
                        StepId.NONCE,
                        "The document carries another nonce than the one sent: it answers another request.",
                        expected,
                        value("found", found));
    }

    /// A document whose certificates are out of date is refused for that; its age would only say the same again.
    VerdictStep freshness(boolean datesFailed) {
        @Nullable Instant at = expectations.at();
        Value stamp = value("document's timestamp", time(claims.timestamp()));
        if (at == null) {
            return notChecked(
                    StepId.FRESHNESS, "Not checked: dates were checked at the document's own time (historic).", stamp);
        }
        if (datesFailed) {
            return notChecked(
                    StepId.FRESHNESS,
                    "Not checked: certificates that are not valid at that time rule a fresh document out.",
                    stamp);
        }
        Duration age = Duration.between(claims.timestamp(), at);
        if (age.abs().compareTo(expectations.freshness()) <= 0) {
            return passed(StepId.FRESHNESS, "The document was made %s.".formatted(ago(age)), stamp);
        }
        return failed(
                StepId.FRESHNESS,
                "The document was made %s, outside of the %d seconds allowed."
                        .formatted(ago(age), expectations.freshness().toSeconds()),
                stamp,
                value("time of verification", time(at)));
    }

    private static String ago(Duration age) {
        return age.isNegative()
                ? "%d seconds after the time of verification"
                        .formatted(age.abs().toSeconds())
                : "%d seconds before".formatted(age.toSeconds());
    }

    VerdictStep debug() {
        List<String> missing = new ArrayList<>();
        List<String> zero = new ArrayList<>();
        for (int index = 0; index <= 2; index++) {
            byte @Nullable [] register = claims.pcrs().get(index);
            if (register == null) {
                missing.add("PCR" + index);
            } else if (IntStream.range(0, register.length).allMatch(i -> register[i] == 0)) {
                zero.add("PCR" + index);
            }
        }
        if (!missing.isEmpty()) {
            return failed(StepId.DEBUG, "The document does not say %s.".formatted(String.join(", ", missing)));
        }
        if (!zero.isEmpty()) {
            return failed(
                    StepId.DEBUG,
                    "The enclave runs in debug mode, in which the parent host can read its console: %s all zero."
                            .formatted(String.join(", ", zero) + (zero.size() == 1 ? " is" : " are")));
        }
        return passed(StepId.DEBUG, "The enclave does not run in debug mode.");
    }

    VerdictStep measurements() {
        if (expectations.pcrs().isEmpty()) {
            return notChecked(StepId.MEASUREMENTS, "No measurements are pinned to compare with.");
        }
        Map<Integer, String> differing = new TreeMap<>();
        List<Value> values = new ArrayList<>();
        expectations.pcrs().forEach((index, expected) -> {
            byte @Nullable [] register = claims.pcrs().get(index);
            String found = register == null ? "absent" : hex(register);
            values.add(value("PCR%d pinned".formatted(index), expected));
            values.add(value("PCR%d found".formatted(index), found));
            if (!found.equals(expected)) {
                differing.put(index, found);
            }
        });
        Value[] shown = values.toArray(Value[]::new);
        if (differing.isEmpty()) {
            return passed(
                    StepId.MEASUREMENTS,
                    "%s the pinned measurements.".formatted(names(expectations.pcrs(), " equals", " equal")),
                    shown);
        }
        return failed(
                StepId.MEASUREMENTS,
                "%s from the pinned measurements: another image runs there."
                        .formatted(names(differing, " differs", " differ")),
                shown);
    }

    private static String names(Map<Integer, String> pcrs, String one, String many) {
        return pcrs.keySet().stream().map(index -> "PCR" + index).collect(Collectors.joining(", "))
                + (pcrs.size() == 1 ? one : many);
    }
}
