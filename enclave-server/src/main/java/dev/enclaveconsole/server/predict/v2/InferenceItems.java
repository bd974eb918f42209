package dev.enclaveconsole.server.predict.v2;

import dev.enclaveconsole.protocol.api.ErrorCode;
import dev.enclaveconsole.protocol.api.Limits;
import dev.enclaveconsole.protocol.api.ModelDescription;
import dev.enclaveconsole.server.predict.Item;
import dev.enclaveconsole.server.predict.model.LoadedModel;
import dev.enclaveconsole.server.transport.Refusal;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Judges an inference request against the model's one input, and splits it into items.
final class InferenceItems {
    private InferenceItems() {}

    static List<Item> of(InferenceBody body, LoadedModel model) throws Refusal {
        if (body.inputs().isEmpty()) {
            throw InferenceBody.malformed("The request has no inputs.");
        }
        InferenceBody.Input input = body.inputs().getFirst();
        String output = model.description().output().name();
        for (String wanted : body.outputs()) {
            if (!wanted.equals(output)) {
                throw mismatch("The model has no output of the name that was asked for; it has %s.".formatted(output));
            }
        }
        return switch (input.datatype()) {
            case "BYTES" -> images(input);
            case "FP32" -> tensors(input, model);
            default -> throw mismatch("The input's datatype is neither FP32 nor BYTES.");
        };
    }

    private static List<Item> images(InferenceBody.Input input) throws Refusal {
        int count = input.bytes().size();
        if (count == 0 || elements(input.shape()) != count) {
            throw mismatch("The shape does not multiply to the %d elements of data.".formatted(count));
        }
        List<Item> items = new ArrayList<>();
        for (byte[] bytes : input.bytes()) {
            items.add(new Item.Image(null, Unpooled.wrappedBuffer(bytes)));
        }
        return items;
    }

    private static List<Item> tensors(InferenceBody.Input input, LoadedModel model) throws Refusal {
        String name = model.description().input().name();
        if (!input.name().equals(name)) {
            throw mismatch("The model has no input of that name; it has %s.".formatted(name));
        }
        List<Long> one = shape(model.description().input());
        List<Long> shape = input.shape();
        if (shape.size() != 4 || shape.getFirst() < 1 || !shape.subList(1, 4).equals(one.subList(1, 4))) {
            throw mismatch("The model takes the shape %s, -1 being the number of images.".formatted(one));
        }
        if (shape.getFirst() > Limits.MAX_BATCH) {
            throw new Refusal(
                    ErrorCode.BATCH_TOO_LARGE,
                    "The request has more than %d images.".formatted(Limits.MAX_BATCH),
                    "Send them in several requests.");
        }
        int size = model.preprocessor().size();
        int count = shape.getFirst().intValue();
        if (input.numbers().length != count * size) {
            throw mismatch(
                    "data has %,d numbers where the shape needs %,d.".formatted(input.numbers().length, count * size));
        }
        List<Item> items = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            items.add(new Item.Tensor(Arrays.copyOfRange(input.numbers(), i * size, (i + 1) * size)));
        }
        return items;
    }

    /// The shape of the model's input with -1 for the number of images.
    static List<Long> shape(ModelDescription.Input input) {
        long width = input.width();
        long height = input.height();
        return switch (input.layout()) {
            case NCHW -> List.of(-1L, 3L, height, width);
            case NHWC -> List.of(-1L, height, width, 3L);
        };
    }

    private static long elements(List<Long> shape) {
        long product = 1;
        for (long dimension : shape) {
            if (dimension < 0 || dimension > Limits.MAX_BATCH) {
                return -1;
            }
            product *= dimension;
        }
        return product;
    }

    private static Refusal mismatch(String message) {
        return new Refusal(
                ErrorCode.MODEL_INPUT_MISMATCH,
                message,
                "Send one FP32 tensor as the model's metadata says, or one BYTES tensor of base64 images of shape [N].");
    }
}
