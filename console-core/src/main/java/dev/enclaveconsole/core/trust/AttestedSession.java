package dev.enclaveconsole.core.trust;

import dev.enclaveconsole.core.enclave.EnclaveInfo;
import dev.enclaveconsole.core.failure.ConsoleException;
import dev.enclaveconsole.core.host.HostSession;
import dev.enclaveconsole.core.operation.OperationContext;
import dev.enclaveconsole.protocol.attestation.SavedVerdict;
import dev.enclaveconsole.protocol.attestation.Verdict;
import java.util.Optional;
import java.util.function.Consumer;

/// A claimed enclave whose attestation was verified, and connections that provably end in it. There is no other way to
/// an [EnclaveClient].
public final class AttestedSession implements AutoCloseable {
    private final EnclaveInfo enclave;
    private final Attestation attestation;
    private final EnclaveClient client;

    private AttestedSession(EnclaveInfo enclave, Attestation attestation, EnclaveClient client) {
        this.enclave = enclave;
        this.attestation = attestation;
        this.client = client;
    }

    /// Fetches the document over a new TLS connection with a fresh nonce, verifies it against the pins and the
    /// connection's key, claims the enclave and verifies the document that answers.
    ///
    /// Unless the verdict is trusted this fails; where the host's entry says `allowUntrusted`, a verdict passes
    /// whose only steps not passed are ROOT, DEBUG and MEASUREMENTS.
    ///
    /// @throws ConsoleException refused `trust.refused` (names the step), `enclave.already-claimed`,
    ///     `enclave.key-changed`; failed `enclave.gone`, `enclave.timeout`, `enclave.CODE`
    public static AttestedSession open(
            HostSession host, EnclaveInfo enclave, Pins pins, OperatorKey operator, OperationContext context)
            throws ConsoleException {
        return open(host, enclave, pins, operator, _ -> {}, context);
    }

    /// As above; `onVerdict` sees each verdict before it is acted on, also one that is then refused.
    public static AttestedSession open(
            HostSession host,
            EnclaveInfo enclave,
            Pins pins,
            OperatorKey operator,
            Consumer<Attestation> onVerdict,
            OperationContext context)
            throws ConsoleException {
        AttestationExchange exchange = AttestationExchange.begin(host, enclave, pins, Optional.of(operator), context);
        try {
            Attestation first = exchange.ask(context);
            onVerdict.accept(first);
            Admission.require(host.entry(), enclave, first.verdict());
            Attestation claimed = exchange.claim(operator, context);
            onVerdict.accept(claimed);
            Admission.require(host.entry(), enclave, claimed.verdict());
            return new AttestedSession(enclave, claimed, exchange.client());
        } catch (ConsoleException | RuntimeException e) {
            exchange.client().close();
            throw e;
        }
    }

    /// Fetches and verifies a document, claims nothing and refuses nothing: what the Trust page and `attest fetch`
    /// show.
    public static Attestation inspect(HostSession host, EnclaveInfo enclave, Pins pins, OperationContext context)
            throws ConsoleException {
        AttestationExchange exchange = AttestationExchange.begin(host, enclave, pins, Optional.empty(), context);
        try (EnclaveClient _ = exchange.client()) {
            return exchange.ask(context);
        }
    }

    public EnclaveInfo enclave() {
        return enclave;
    }

    /// Of the document that answered the claim, bound to the TLS key and the operator's.
    public Verdict verdict() {
        return attestation.verdict();
    }

    /// Name of the pins the verdict compared with, and everything needed to verify it again offline.
    public Attestation attestation() {
        return attestation;
    }

    public SavedVerdict savedVerdict() {
        return attestation.saved();
    }

    public EnclaveClient client() {
        return client;
    }

    @Override
    public void close() {
        client.close();
    }
}
