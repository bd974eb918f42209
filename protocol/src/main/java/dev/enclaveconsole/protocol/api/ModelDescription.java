package dev.enclaveconsole.protocol.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A model folder's `model.json`: how to feed `model.onnx` and where it comes from.
/// `mean` and `std` are per RGB channel on values scaled to 0…1.
public record ModelDescription(
        String name,
        @Nullable String title,
        Input input,
        Output output,
        @Nullable String licence,
        @Nullable String source,
        String sha256) {

    /// The model's input tensor and the torchvision pipeline in front of it: resize the short side to
    /// `resizeShortSide` (antialiased bilinear), centre crop to `width` × `height`, scale, normalise.
    public record Input(
            String name,
            int width,
            int height,
            Layout layout,
            int resizeShortSide,
            List<Double> mean,
            List<Double> std) {}

    /// The model's output tensor, shape `[N, labels]`.
    public record Output(String name, Activation activation) {}

    public enum Layout {
        NCHW,
        NHWC
    }

    public enum Activation {
        @com.fasterxml.jackson.annotation.JsonProperty("softmax")
        SOFTMAX,
        /// The model's last layer already yields probabilities.
        @com.fasterxml.jackson.annotation.JsonProperty("none")
        NONE
    }
}
