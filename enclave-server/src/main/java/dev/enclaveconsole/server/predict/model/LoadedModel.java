package dev.enclaveconsole.server.predict.model;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.engine.EngineException;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.types.Shape;
import ai.djl.translate.TranslateException;
import ai.djl.util.PairList;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.enclaveconsole.protocol.api.ModelDescription;
import dev.enclaveconsole.server.predict.image.ImageDecoder;
import dev.enclaveconsole.server.predict.image.Preprocessor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A model ready to infer: one session (a single thread per call, no spinning), one lane of predictor and input buffer
/// per worker. Each worker uses only its own lane, so nothing is locked.
public final class LoadedModel implements AutoCloseable {
    private final ModelFolder folder;
    private final Model model;
    private final Preprocessor preprocessor;
    private final List<Lane> lanes;

    /// A worker's own predictor and input buffer.
    private record Lane(Predictor<FloatBuffer, float[]> predictor, FloatBuffer input) {}

    private LoadedModel(ModelFolder folder, Model model, Preprocessor preprocessor, List<Lane> lanes) {
        this.folder = folder;
        this.model = model;
        this.preprocessor = preprocessor;
        this.lanes = lanes;
    }

    /// Loads and runs the model once on zeros, which warms it up and shows whether its output fits the labels.
    @SuppressWarnings("MustBeClosed") // closed with the loaded model
    public static LoadedModel load(ModelFolder folder, int workers, ImageDecoder decoder) throws ModelFault {
        Model model = Model.newInstance(folder.name(), Device.cpu(), "OnnxRuntime");
        try {
            model.load(folder.folder(), ModelFolder.MODEL, Map.of("sessionOptions", sessionOptions()));
        } catch (IOException | MalformedModelException | OrtException | EngineException e) {
            model.close();
            throw folder.fault(ModelFolder.MODEL, "cannot be loaded: " + firstLine(e), "Export it to ONNX again.");
        }
        ModelDescription.Input input = folder.description().input();
        Shape shape = shape(input);
        try {
            checkInput(folder, model);
        } catch (ModelFault e) {
            model.close();
            throw e;
        }
        var preprocessor = new Preprocessor(input, decoder);
        List<Lane> lanes = new ArrayList<>();
        for (int i = 0; i < workers; i++) {
            FloatBuffer buffer = ByteBuffer.allocateDirect(preprocessor.size() * Float.BYTES)
                    .order(ByteOrder.nativeOrder())
                    .asFloatBuffer();
            lanes.add(new Lane(model.newPredictor(new TensorTranslator(shape)), buffer));
        }
        var loaded = new LoadedModel(folder, model, preprocessor, List.copyOf(lanes));
        try {
            loaded.checkOutput();
            return loaded;
        } catch (ModelFault e) {
            loaded.close();
            throw e;
        }
    }

    private static OrtSession.SessionOptions sessionOptions() throws OrtException {
        var options = new OrtSession.SessionOptions();
        options.setIntraOpNumThreads(1);
        options.setInterOpNumThreads(1);
        options.addConfigEntry("session.intra_op.allow_spinning", "0");
        options.addConfigEntry("session.inter_op.allow_spinning", "0");
        return options;
    }

    private static Shape shape(ModelDescription.Input input) {
        return switch (input.layout()) {
            case NCHW -> new Shape(1, 3, input.height(), input.width());
            case NHWC -> new Shape(1, input.height(), input.width(), 3);
        };
    }

    private static void checkInput(ModelFolder folder, Model model) throws ModelFault {
        PairList<String, Shape> inputs = model.describeInput();
        String name = folder.description().input().name();
        if (inputs.size() != 1 || !inputs.keyAt(0).equals(name)) {
            throw folder.fault(
                    ModelFolder.MODEL,
                    "has the inputs %s, but model.json says %s".formatted(inputs.keys(), name),
                    "Name the model's one input in model.json.");
        }
    }

    private void checkOutput() throws ModelFault {
        int labels = folder.labels().size();
        try {
            int classes = infer(0).length;
            if (classes != labels) {
                throw folder.fault(
                        "labels.txt",
                        "has %d labels, but the model has %d outputs".formatted(labels, classes),
                        "Give one label per output, in the model's order.");
            }
        } catch (TranslateException | RuntimeException e) {
            throw folder.fault(
                    ModelFolder.MODEL,
                    "fails on a first run with the input shape %s: %s"
                            .formatted(shape(folder.description().input()), firstLine(e)),
                    "Correct width, height or layout in model.json; the model must take one FP32 image.");
        }
    }

    public ModelDescription description() {
        return folder.description();
    }

    public List<String> labels() {
        return folder.labels();
    }

    public Preprocessor preprocessor() {
        return preprocessor;
    }

    /// The worker's input buffer, to be filled before [#infer].
    public FloatBuffer input(int worker) {
        return lanes.get(worker).input();
    }

    /// Runs the model on the worker's input buffer.
    ///
    /// @return one value per label, before any softmax
    public float[] infer(int worker) throws TranslateException {
        Lane lane = lanes.get(worker);
        return lane.predictor().predict(lane.input());
    }

    @Override
    public void close() {
        lanes.forEach(lane -> lane.predictor().close());
        model.close();
    }

    private static String firstLine(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage()).lines().findFirst().orElse("no reason given");
    }
}
