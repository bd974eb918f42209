package dev.enclaveconsole.protocol.api;

/// One failure as the enclave reports it: `{"error":{"code","message","remedy"}}`.
/// Message and remedy are sentences for the user; neither quotes the request's content.
public record ApiError(ErrorCode code, String message, String remedy) {

    /// The JSON document around an error.
    public record Envelope(ApiError error) {}
}
