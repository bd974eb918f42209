package dev.enclaveconsole.core.trust;

import dev.enclaveconsole.core.enclave.EnclaveInfo;
import dev.enclaveconsole.core.failure.ConsoleException;
import dev.enclaveconsole.core.host.HostSession;
import dev.enclaveconsole.core.operation.OperationContext;
import dev.enclaveconsole.protocol.attestation.Verdict;

/// A claimed enclave whose attestation was verified, and connections that provably end in it. There is no other way
/// to an [EnclaveClient].
@SuppressWarnings("DoNotCallSuggester")
public final class AttestedSession implements AutoCloseable {
    private final EnclaveInfo enclave;
    private final Verdict verdict;
    private final EnclaveClient client;

    AttestedSession(EnclaveInfo enclave, Verdict verdict, EnclaveClient client) {
        this.enclave = enclave;
        this.verdict = verdict;
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
        throw new UnsupportedOperationException();
    }

    /// Fetches and verifies a document, claims nothing and refuses nothing: what the Trust page and `attest fetch`
    /// show.
    public static Attestation inspect(HostSession host, EnclaveInfo enclave, Pins pins, OperationContext context)
            throws ConsoleException {
        throw new UnsupportedOperationException();
    }

    public EnclaveInfo enclave() {
        return enclave;
    }

    /// Of the document that answered the claim, bound to the TLS key and the operator's.
    public Verdict verdict() {
        return verdict;
    }

    /// Name of the pins the verdict compared with, and everything needed to verify it again offline.
    public Attestation attestation() {
        throw new UnsupportedOperationException();
    }

    public EnclaveClient client() {
        return client;
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
