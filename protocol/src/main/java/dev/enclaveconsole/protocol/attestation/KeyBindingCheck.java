package dev.enclaveconsole.protocol.attestation;

import static dev.enclaveconsole.protocol.attestation.Steps.failed;
import static dev.enclaveconsole.protocol.attestation.Steps.notChecked;
import static dev.enclaveconsole.protocol.attestation.Steps.passed;
import static dev.enclaveconsole.protocol.attestation.Steps.sha256;
import static dev.enclaveconsole.protocol.attestation.Steps.value;

import dev.enclaveconsole.protocol.attestation.VerdictStep.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Whether the document binds this connection's TLS key and the operator's key.
final class KeyBindingCheck {

    static VerdictStep check(AttestationDocument claims, Expectations expectations) {
        byte @Nullable [] tlsKey = expectations.tlsKey();
        byte @Nullable [] operatorKey = expectations.operatorKey();
        if (tlsKey == null && operatorKey == null) {
            return notChecked(StepId.KEY_BINDING, "There is no connection whose key the document could name.");
        }
        if (claims.userData().isEmpty()) {
            return failed(StepId.KEY_BINDING, "The document names no keys: it carries no user_data.");
        }
        UserData bound;
        try {
            bound = UserData.decode(claims.userData().get());
        } catch (MalformedCborException e) {
            return failed(StepId.KEY_BINDING, "The document names no keys. " + e.getMessage());
        }
        List<String> problems = new ArrayList<>();
        if (tlsKey != null) {
            tls(problems, tlsKey, bound, claims.publicKey());
        }
        if (operatorKey != null) {
            operator(problems, operatorKey, bound);
        }
        Value[] values = values(bound);
        if (!problems.isEmpty()) {
            return failed(StepId.KEY_BINDING, String.join(" ", problems), values);
        }
        if (tlsKey == null) {
            return notChecked(
                    StepId.KEY_BINDING, "The operator's key is bound; there is no connection to compare with.", values);
        }
        return passed(
                StepId.KEY_BINDING,
                operatorKey == null
                        ? "This connection ends in the enclave."
                        : "This connection ends in the enclave, which knows you as its operator.",
                values);
    }

    private static void tls(List<String> problems, byte[] tlsKey, UserData bound, Optional<byte[]> publicKey) {
        if (!Arrays.equals(bound.tlsSpkiSha256(), sha256(tlsKey))) {
            problems.add("The document names another TLS key: somebody sits between you and the enclave.");
        }
        if (publicKey.isEmpty()) {
            problems.add("The document carries no public_key.");
        } else if (!Arrays.equals(publicKey.get(), tlsKey)) {
            problems.add("The document's public_key is not this connection's TLS key.");
        }
    }

    private static void operator(List<String> problems, byte[] operatorKey, UserData bound) {
        if (bound.operatorSpkiSha256().isEmpty()) {
            problems.add("The enclave has not been claimed by anyone.");
        } else if (!Arrays.equals(bound.operatorSpkiSha256().get(), sha256(operatorKey))) {
            problems.add("The enclave has been claimed by somebody else.");
        }
    }

    private static Value[] values(UserData bound) {
        List<Value> values = new ArrayList<>();
        values.add(value("TLS key SHA-256", bound.tlsSpkiSha256()));
        bound.operatorSpkiSha256().ifPresent(hash -> values.add(value("operator key SHA-256", hash)));
        return values.toArray(Value[]::new);
    }

    private KeyBindingCheck() {}
}
