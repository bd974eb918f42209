package dev.enclaveconsole.core.predict;

import dev.enclaveconsole.protocol.api.ModelDescription;
import java.nio.file.Path;

/// A model of the [ModelStore].
///
/// @param classes number of labels
/// @param labelsChecked whether the model's output shape is fixed and equals the number of labels; false: not
///     checkable
public record StoredModel(ModelDescription description, Path folder, long bytes, int classes, boolean labelsChecked) {}
