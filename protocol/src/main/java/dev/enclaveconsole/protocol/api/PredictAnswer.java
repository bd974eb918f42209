package dev.enclaveconsole.protocol.api;

import java.util.List;

/// Answer of `POST /v1/predict`. `modelSha256` is the lower-case hex digest of `model.onnx`.
public record PredictAnswer(String model, String modelSha256, List<ImageResult> results, PhaseTimings timings) {}
