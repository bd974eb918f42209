package dev.enclaveconsole.server.transport;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.enclaveconsole.protocol.api.ApiError;
import dev.enclaveconsole.protocol.api.ErrorCode;
import dev.enclaveconsole.protocol.api.Json;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// What goes back for one request. `close` ends the connection after it.
public record Reply(int status, String contentType, byte[] body, Map<String, String> headers, boolean close) {
    private static final String JSON = "application/json";

    public static Reply json(int status, Object value) {
        try {
            return new Reply(status, JSON, Json.mapper().writeValueAsBytes(value), Map.of(), false);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an answer could not be written as JSON", e);
        }
    }

    public static Reply text(String contentType, String text) {
        return new Reply(200, contentType, text.getBytes(StandardCharsets.UTF_8), Map.of(), false);
    }

    public static Reply bytes(String contentType, byte[] body) {
        return new Reply(200, contentType, body, Map.of(), false);
    }

    /// The failure in the form that the path's protocol demands: `{"error": "…"}` below `/v2`, our envelope elsewhere.
    public static Reply failure(String path, ApiError error) {
        Object body = isOpenInference(path)
                ? Map.of("error", error.message() + " " + error.remedy())
                : new ApiError.Envelope(error);
        Reply reply = json(error.code().httpStatus(), body);
        return error.code() == ErrorCode.QUEUE_FULL ? reply.withHeader("Retry-After", "1") : reply;
    }

    public Reply withHeader(String name, String value) {
        return new Reply(status, contentType, body, Map.of(name, value), close);
    }

    public Reply closing() {
        return new Reply(status, contentType, body, headers, true);
    }

    private static boolean isOpenInference(String path) {
        return path.equals("/v2") || path.startsWith("/v2/");
    }
}
