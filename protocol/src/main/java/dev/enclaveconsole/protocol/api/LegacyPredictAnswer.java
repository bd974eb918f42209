package dev.enclaveconsole.protocol.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/// Answer of `POST /predict/`: the index of the best class of each image, in order.
public record LegacyPredictAnswer(@JsonProperty("class_ids") List<Integer> classIds) {}
