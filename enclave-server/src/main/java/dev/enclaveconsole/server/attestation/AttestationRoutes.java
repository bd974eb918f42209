package dev.enclaveconsole.server.attestation;

import dev.enclaveconsole.protocol.api.ErrorCode;
import dev.enclaveconsole.server.transport.Exchange;
import dev.enclaveconsole.server.transport.Refusal;
import dev.enclaveconsole.server.transport.Route;
import java.util.HexFormat;
import java.util.List;

/// `GET /attestation?nonce=HEX`.
public final class AttestationRoutes {
    private final Attestor attestor;

    public AttestationRoutes(Attestor attestor) {
        this.attestor = attestor;
    }

    public List<Route> routes() {
        return List.of(Route.get("/attestation", "attestation", this::attestation));
    }

    private void attestation(Exchange exchange) throws Refusal {
        String hex = exchange.head().queryValue("nonce").orElse("");
        try {
            attestor.answer(exchange, Attestor.checkedNonce(HexFormat.of().parseHex(hex)));
        } catch (IllegalArgumentException e) {
            throw new Refusal(
                    ErrorCode.NONCE_INVALID,
                    "The nonce is no hexadecimal number of whole bytes.",
                    "Ask for /attestation?nonce= with an even number of hex digits.");
        }
    }
}
