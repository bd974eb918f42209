package dev.enclaveconsole.protocol.api;

/// Answer of `GET /attestation?nonce=HEX` and of `POST /claim`: the COSE_Sign1 document, as JSON base64.
/// With `Accept: application/cbor` the raw document is the body instead.
public record AttestationAnswer(byte[] document) {}
