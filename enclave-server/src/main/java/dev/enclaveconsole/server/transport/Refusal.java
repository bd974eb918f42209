package dev.enclaveconsole.server.transport;

import dev.enclaveconsole.protocol.api.ApiError;
import dev.enclaveconsole.protocol.api.ErrorCode;

/// A request, or one image of it, that cannot be served. Neither sentence quotes the request's content.
public final class Refusal extends Exception {
    private final ApiError error;

    public Refusal(ErrorCode code, String message, String remedy) {
        super(message, null, false, false);
        this.error = new ApiError(code, message, remedy);
    }

    public ApiError error() {
        return error;
    }
}
