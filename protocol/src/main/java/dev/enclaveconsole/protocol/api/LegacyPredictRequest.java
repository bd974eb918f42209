package dev.enclaveconsole.protocol.api;

import java.util.List;

/// Body of `POST /predict/` as the predecessors' clients send it: base64 images.
public record LegacyPredictRequest(List<String> images) {}
