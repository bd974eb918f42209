package dev.enclaveconsole.core.predict;

import dev.enclaveconsole.core.failure.ConsoleException;
import dev.enclaveconsole.core.settings.FileDigest;
import dev.enclaveconsole.protocol.api.Json;
import dev.enclaveconsole.protocol.api.ModelDescription;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// Checks a model's parts against each other and writes them as a model folder. Where no description comes with the
/// model, the usual one of torchvision's classifiers is assumed: RGB scaled to 0…1, ImageNet's mean and deviation.
final class ModelCheck {
    private static final List<Double> MEAN = List.of(0.485, 0.456, 0.406);
    private static final List<Double> STD = List.of(0.229, 0.224, 0.225);
    private static final int USUAL_SIDE = 224;
    private static final int SMALL_SIDE = 64;

    private final String name;
    private final ModelStore.AddRequest request;

    ModelCheck(String name, ModelStore.AddRequest request) {
        this.name = name;
        this.request = request;
    }

    void describe(ModelFiles files, Path draft) throws ConsoleException, IOException {
        OnnxModel onnx = onnx(files);
        List<String> labels = ModelFiles.readLabels(files.labels());
        OptionalInt classes = onnx.classes();
        if (labels.isEmpty() || (classes.isPresent() && classes.getAsInt() != labels.size())) {
            throw new ConsoleException(
                    ModelProblems.labelsDiffer(files.labels().toString(), labels.size(), classes.orElse(0)));
        }
        String digest = FileDigest.sha256(files.onnx());
        Optional<String> expected = request.sha256();
        if (expected.isPresent() && !expected.get().equalsIgnoreCase(digest)) {
            throw new ConsoleException(ModelProblems.digest(request.source(), expected.get(), digest));
        }
        Path target = draft.resolve(ModelFiles.MODEL);
        if (!target.equals(files.onnx())) {
            Files.copy(files.onnx(), target);
        }
        Files.writeString(draft.resolve(ModelFiles.LABELS), String.join("\n", labels) + "\n", StandardCharsets.UTF_8);
        ModelDescription description = description(files, onnx, digest);
        Files.write(
                draft.resolve(ModelFiles.DESCRIPTION),
                Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsBytes(description));
    }

    private OnnxModel onnx(ModelFiles files) throws ConsoleException {
        try {
            return OnnxModel.read(files.onnx());
        } catch (IOException e) {
            throw new ConsoleException(ModelProblems.noOnnx(request.source(), e), e);
        }
    }

    private ModelDescription description(ModelFiles files, OnnxModel onnx, String digest)
            throws ConsoleException, IOException {
        if (files.description().isEmpty()) {
            return assumed(files, onnx, digest);
        }
        Path file = files.description().get();
        try {
            ModelDescription given = Json.mapper().readValue(Files.readAllBytes(file), ModelDescription.class);
            return new ModelDescription(
                    name, given.title(), given.input(), given.output(), given.licence(), given.source(), digest);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new ConsoleException(ModelProblems.description(file, e.getOriginalMessage()), e);
        }
    }

    private ModelDescription assumed(ModelFiles files, OnnxModel onnx, String digest) throws ConsoleException {
        if (onnx.inputs().isEmpty()) {
            throw new ConsoleException(ModelProblems.noOnnx(request.source(), new IOException("It has no input.")));
        }
        OnnxModel.Tensor input = onnx.inputs().getFirst();
        boolean channelsLast = input.shape().size() == 4 && input.shape().getLast() == 3;
        int height = side(input, channelsLast ? 1 : 2);
        int width = side(input, channelsLast ? 2 : 3);
        int shorter = Math.min(height, width);
        int resize = shorter <= SMALL_SIDE ? shorter : Math.round(shorter * 256f / 224f);
        return new ModelDescription(
                name,
                name,
                new ModelDescription.Input(
                        input.name(),
                        width,
                        height,
                        channelsLast ? ModelDescription.Layout.NHWC : ModelDescription.Layout.NCHW,
                        resize,
                        MEAN,
                        STD),
                new ModelDescription.Output(
                        onnx.outputs().getFirst().name(),
                        onnx.endsWithSoftmax()
                                ? ModelDescription.Activation.NONE
                                : ModelDescription.Activation.SOFTMAX),
                null,
                files.origin(),
                digest);
    }

    private static int side(OnnxModel.Tensor input, int dimension) {
        long side = input.shape().size() == 4 ? input.shape().get(dimension) : 0;
        return side > 0 && side <= 4096 ? (int) side : USUAL_SIDE;
    }
}
