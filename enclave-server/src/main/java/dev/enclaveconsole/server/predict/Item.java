package dev.enclaveconsole.server.predict;

import dev.enclaveconsole.protocol.api.ApiError;
import dev.enclaveconsole.protocol.api.ErrorCode;
import io.netty.buffer.ByteBuf;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One input of a request, valid as long as the request's body.
public sealed interface Item {

    /// An encoded image: `bytes` is a slice of the body or a buffer of its own. `file` is the sender's name for it.
    record Image(@Nullable String file, ByteBuf bytes) implements Item {}

    /// Values in the model's own layout, already normalised.
    record Tensor(float[] values) implements Item {}

    /// What became of an item.
    sealed interface Outcome {
        /// One value per label, after the model's activation.
        record Scores(float[] perLabel) implements Outcome {}

        record Failed(ApiError error) implements Outcome {}

        /// Empty for an image that was classified.
        default Optional<ErrorCode> failure() {
            return this instanceof Failed(ApiError error) ? Optional.of(error.code()) : Optional.empty();
        }
    }
}
