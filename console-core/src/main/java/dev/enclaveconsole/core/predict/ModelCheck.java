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
/// model, it is made of what the ONNX file and its publisher say; of the rest, what torchvision's classifiers do is
/// assumed: RGB scaled to 0…1, ImageNet's mean and deviation.
final class ModelCheck {
    private static final List<Double> MEAN = List.of(0.485, 0.456, 0.406);
    private static final List<Double> STD = List.of(0.229, 0.224, 0.225);
    private static final int USUAL_SIDE = 224;
    private static final int SMALL_SIDE = 64;
    private static final int LARGEST_SIDE = 4096;

    private final String name;
    private final ModelStore.AddRequest request;

    ModelCheck(String name, ModelStore.AddRequest request) {
        this.name = name;
        this.request = request;
    }

    void describe(ModelFiles files, Path draft) throws ConsoleException, IOException {
        String digest = FileDigest.sha256(files.onnx());
        Optional<String> expected = request.sha256();
        if (expected.isPresent() && !expected.get().equalsIgnoreCase(digest)) {
            throw new ConsoleException(ModelProblems.digest(request.source(), expected.get(), digest));
        }
        OnnxModel onnx = onnx(files);
        if (onnx.externalData()) {
            throw new ConsoleException(ModelZooProblems.externalData(request.source()));
        }
        List<String> labels = ModelFiles.readLabels(files.labels());
        OptionalInt classes = onnx.classes();
        if (labels.isEmpty() || (classes.isPresent() && classes.getAsInt() != labels.size())) {
            throw new ConsoleException(
                    ModelProblems.labelsDiffer(files.labels().toString(), labels.size(), classes.orElse(0)));
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
        ModelHints hints = files.hints();
        int height = side(input, channelsLast ? 1 : 2, hints.height());
        int width = side(input, channelsLast ? 2 : 3, hints.width());
        return new ModelDescription(
                name,
                hints.title().isEmpty() ? name : hints.title(),
                new ModelDescription.Input(
                        input.name(),
                        width,
                        height,
                        channelsLast ? ModelDescription.Layout.NHWC : ModelDescription.Layout.NCHW,
                        shortSide(hints, width, height),
                        hints.mean().isEmpty() ? MEAN : hints.mean(),
                        hints.std().isEmpty() ? STD : hints.std()),
                new ModelDescription.Output(
                        onnx.outputs().getFirst().name(),
                        onnx.endsWithSoftmax()
                                ? ModelDescription.Activation.NONE
                                : ModelDescription.Activation.SOFTMAX),
                hints.licence().isEmpty() ? null : hints.licence(),
                files.origin(),
                digest);
    }

    /// A hint of the publisher's is for the size that the publisher names.
    private static int shortSide(ModelHints hints, int width, int height) {
        int shorter = Math.min(width, height);
        int side = shorter <= SMALL_SIDE ? shorter : Math.round(shorter * 256f / 224f);
        if (hints.resizeShortSide() > 0) {
            int named = Math.min(hints.width(), hints.height());
            side = named > 0 ? Math.round(hints.resizeShortSide() * (float) shorter / named) : hints.resizeShortSide();
        }
        return Math.max(side, Math.max(width, height));
    }

    /// As the ONNX file has it, as the publisher says, or the usual one.
    private static int side(OnnxModel.Tensor input, int dimension, int hinted) {
        long side = input.shape().size() == 4 ? input.shape().get(dimension) : 0;
        if (side > 0 && side <= LARGEST_SIDE) {
            return (int) side;
        }
        return hinted > 0 && hinted <= LARGEST_SIDE ? hinted : USUAL_SIDE;
    }
}
