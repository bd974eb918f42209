package dev.enclaveconsole.protocol.api;

/// What can go wrong at the enclave's interface, with the HTTP status that carries it.
public enum ErrorCode {
    BAD_REQUEST(400),
    NOT_AN_IMAGE(415),
    IMAGE_DAMAGED(422),
    IMAGE_EMPTY(422),
    IMAGE_TOO_MANY_PIXELS(413),
    BODY_TOO_LARGE(413),
    BATCH_TOO_LARGE(413),
    MODEL_UNKNOWN(404),
    MODEL_INPUT_MISMATCH(400),
    NOT_FOUND(404),
    METHOD_NOT_ALLOWED(405),
    NOT_OPERATOR(403),
    ALREADY_CLAIMED(409),
    CLAIM_NEEDS_CERTIFICATE(401),
    NONCE_INVALID(400),
    NSM_UNAVAILABLE(503),
    QUEUE_FULL(503),
    INTERNAL(500);

    private final int httpStatus;

    ErrorCode(int httpStatus) {
        this.httpStatus = httpStatus;
    }

    public int httpStatus() {
        return httpStatus;
    }
}
