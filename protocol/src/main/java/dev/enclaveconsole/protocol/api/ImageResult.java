package dev.enclaveconsole.protocol.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What became of one image of a request: either `top` (best first) or `error`. `file` is the name the sender gave the
/// multipart part, if any. One bad image of a batch does not fail the others.
public record ImageResult(
        @Nullable String file,
        List<LabelScore> top,
        @Nullable ApiError error) {}
