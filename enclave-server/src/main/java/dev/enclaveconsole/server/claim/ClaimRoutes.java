package dev.enclaveconsole.server.claim;

import dev.enclaveconsole.protocol.api.ClaimRequest;
import dev.enclaveconsole.protocol.api.ErrorCode;
import dev.enclaveconsole.protocol.api.Json;
import dev.enclaveconsole.server.attestation.Attestor;
import dev.enclaveconsole.server.transport.Exchange;
import dev.enclaveconsole.server.transport.Refusal;
import dev.enclaveconsole.server.transport.Route;
import io.netty.buffer.ByteBufInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/// `POST /claim`: the client whose TLS certificate comes first becomes the operator, and gets a document that says so.
public final class ClaimRoutes {
    private static final int MAX_BODY_BYTES = 4096;

    private final OperatorRegistry operators;
    private final Attestor attestor;

    public ClaimRoutes(OperatorRegistry operators, Attestor attestor) {
        this.operators = operators;
        this.attestor = attestor;
    }

    public List<Route> routes() {
        return List.of(Route.post("/claim", "claim", Route.Access.ANYONE, MAX_BODY_BYTES, this::claim));
    }

    private void claim(Exchange exchange) throws Refusal {
        byte[] spki = exchange.head()
                .clientSpki()
                .orElseThrow(() -> new Refusal(
                        ErrorCode.CLAIM_NEEDS_CERTIFICATE,
                        "A claim needs a TLS client certificate, and this connection has none.",
                        "Connect with the operator's certificate; a self-signed one is right."));
        byte[] nonce = Attestor.checkedNonce(nonce(exchange));
        if (!operators.claim(spki)) {
            throw new Refusal(
                    ErrorCode.ALREADY_CLAIMED,
                    "Somebody else has claimed this enclave already.",
                    "Do not send it anything. Terminate it and launch a new one, then claim that at once.");
        }
        attestor.answer(exchange, nonce);
    }

    private static byte[] nonce(Exchange exchange) throws Refusal {
        try (InputStream body = new ByteBufInputStream(exchange.body())) {
            ClaimRequest request = Json.mapper().readValue(body, ClaimRequest.class);
            return request == null || request.nonce() == null ? new byte[0] : request.nonce();
        } catch (IOException e) {
            throw new Refusal(
                    ErrorCode.BAD_REQUEST,
                    "The claim is not the JSON document that was expected.",
                    "Send {\"nonce\": \"<base64>\"}.");
        }
    }
}
