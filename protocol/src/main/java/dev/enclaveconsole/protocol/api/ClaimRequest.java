package dev.enclaveconsole.protocol.api;

/// Body of `POST /claim`. The operator's key is that of the TLS client certificate on the same connection, which proves
/// its possession; the nonce goes into the document that answers.
public record ClaimRequest(byte[] nonce) {}
