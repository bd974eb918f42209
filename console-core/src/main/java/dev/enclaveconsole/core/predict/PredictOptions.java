package dev.enclaveconsole.core.predict;

import java.util.Optional;

/// @param model the image's default model if empty
/// @param top how many labels to return, 1…100
public record PredictOptions(Optional<String> model, int top) {
    public static final PredictOptions DEFAULT = new PredictOptions(Optional.empty(), 5);
}
