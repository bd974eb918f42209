package dev.enclaveconsole.server.predict.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.translate.NoBatchifyTranslator;
import ai.djl.translate.TranslatorContext;
import java.nio.FloatBuffer;

/// Hands a filled buffer to the engine as it is, and takes the raw output. DJL's stock translators need array
/// operations that its ONNX Runtime engine does not have.
final class TensorTranslator implements NoBatchifyTranslator<FloatBuffer, float[]> {
    private final Shape shape;

    TensorTranslator(Shape shape) {
        this.shape = shape;
    }

    @Override
    public NDList processInput(TranslatorContext ctx, FloatBuffer values) {
        return new NDList(ctx.getNDManager().create(values.rewind(), shape, DataType.FLOAT32));
    }

    /// @throws IllegalStateException when the model has several outputs
    @Override
    public float[] processOutput(TranslatorContext ctx, NDList outputs) {
        NDArray only = outputs.singletonOrThrow();
        return only.toFloatArray();
    }
}
