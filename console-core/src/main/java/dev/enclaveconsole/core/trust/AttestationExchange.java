package dev.enclaveconsole.core.trust;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.enclaveconsole.core.enclave.EnclaveInfo;
import dev.enclaveconsole.core.failure.ConsoleException;
import dev.enclaveconsole.core.host.HostSession;
import dev.enclaveconsole.core.operation.OperationContext;
import dev.enclaveconsole.protocol.api.AttestationAnswer;
import dev.enclaveconsole.protocol.api.ClaimRequest;
import dev.enclaveconsole.protocol.api.Json;
import dev.enclaveconsole.protocol.api.Limits;
import dev.enclaveconsole.protocol.attestation.AttestationVerifier;
import dev.enclaveconsole.protocol.attestation.Expectations;
import dev.enclaveconsole.protocol.attestation.SavedVerdict;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import okhttp3.MediaType;
import okhttp3.RequestBody;

/// Asks one enclave for attestation documents over connections that all present the same key, and verifies them.
final class AttestationExchange {
    private static final int NONCE_BYTES = 32;
    private static final MediaType JSON = MediaType.get("application/json");

    private final EnclaveInfo enclave;
    private final Optional<PinSet> pins;
    private final PinnedPeer peer;
    private final EnclaveClient client;
    private final SecureRandom random = new SecureRandom();

    private AttestationExchange(EnclaveInfo enclave, Optional<PinSet> pins, PinnedPeer peer, EnclaveClient client) {
        this.enclave = enclave;
        this.pins = pins;
        this.peer = peer;
        this.client = client;
    }

    /// @param operator whose certificate the connections carry; a claim needs one
    static AttestationExchange begin(
            HostSession host, EnclaveInfo enclave, Pins pins, Optional<OperatorKey> operator, OperationContext context)
            throws ConsoleException {
        Optional<PinSet> expected = pins.forEnclave(enclave);
        PinnedPeer peer = new PinnedPeer();
        var sockets = host.enclaveSockets(enclave.cid(), Limits.ENCLAVE_PORT, context);
        EnclaveClient client = new EnclaveClient(
                EnclaveHttp.client(sockets, peer, operator), new EnclaveFailures(enclave, host, peer));
        return new AttestationExchange(enclave, expected, peer, client);
    }

    Attestation ask(OperationContext context) throws ConsoleException {
        context.report("Asking " + enclave.name() + " for its attestation document");
        byte[] nonce = nonce();
        AttestationAnswer answer =
                client.get("/attestation?nonce=" + HexFormat.of().formatHex(nonce), AttestationAnswer.class, context);
        return verified(answer.document(), expectations(nonce).build());
    }

    Attestation claim(OperatorKey operator, OperationContext context) throws ConsoleException {
        context.report("Claiming " + enclave.name());
        byte[] nonce = nonce();
        AttestationAnswer answer =
                client.post("/claim", json(new ClaimRequest(nonce)), AttestationAnswer.class, context);
        return verified(
                answer.document(),
                expectations(nonce).operatorKey(operator.spki()).build());
    }

    EnclaveClient client() {
        return client;
    }

    private Expectations.Builder expectations(byte[] nonce) {
        return Expectations.builder()
                .at(Instant.now())
                .nonce(nonce)
                .pcrs(pins.map(PinSet::pcrs).orElse(Map.of()))
                .tlsKey(peer.spki());
    }

    private Attestation verified(byte[] document, Expectations expectations) {
        var verdict = new AttestationVerifier().verify(document, expectations);
        return new Attestation(enclave.id(), pins.map(PinSet::name), SavedVerdict.of(document, expectations, verdict));
    }

    private byte[] nonce() {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        return nonce;
    }

    private static RequestBody json(ClaimRequest request) {
        try {
            return RequestBody.create(Json.mapper().writeValueAsBytes(request), JSON);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
