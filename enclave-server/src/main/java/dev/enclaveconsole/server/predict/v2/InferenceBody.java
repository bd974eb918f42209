package dev.enclaveconsole.server.predict.v2;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.enclaveconsole.protocol.api.ErrorCode;
import dev.enclaveconsole.protocol.api.Json;
import dev.enclaveconsole.protocol.api.Limits;
import dev.enclaveconsole.server.transport.Refusal;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An inference request, read as a stream: numbers go straight into a float array, strings through base64 into bytes.
/// Nested arrays of tensor data are taken as their row-major contents, as the specification allows.
///
/// @param id to be returned
/// @param outputs names of the wanted outputs; empty for all
record InferenceBody(@Nullable String id, List<Input> inputs, List<String> outputs) {

    /// One input tensor: `numbers` for FP32, `bytes` for BYTES.
    record Input(String name, String datatype, List<Long> shape, float[] numbers, List<byte[]> bytes) {}

    static InferenceBody read(ByteBuf body) throws Refusal {
        try (InputStream in = new ByteBufInputStream(body);
                JsonParser parser = Json.mapper().getFactory().createParser(in)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw malformed("The body is no JSON object.");
            }
            return readObject(parser);
        } catch (JacksonException e) {
            throw malformed("The body is no well-formed JSON, or an element of its data has the wrong type.");
        } catch (IOException e) {
            throw malformed("The body ends too early.");
        }
    }

    private static InferenceBody readObject(JsonParser parser) throws IOException, Refusal {
        String id = null;
        List<Input> inputs = List.of();
        List<String> outputs = List.of();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String field = parser.currentName();
            JsonToken value = parser.nextToken();
            if (field.equals("id") && value == JsonToken.VALUE_STRING) {
                id = parser.getText();
            } else if (field.equals("inputs") && value == JsonToken.START_ARRAY) {
                inputs = readInputs(parser);
            } else if (field.equals("outputs") && value == JsonToken.START_ARRAY) {
                outputs = readOutputs(parser);
            } else {
                parser.skipChildren();
            }
        }
        return new InferenceBody(id, inputs, outputs);
    }

    private static List<Input> readInputs(JsonParser parser) throws IOException, Refusal {
        List<Input> inputs = new ArrayList<>();
        while (parser.nextToken() == JsonToken.START_OBJECT) {
            if (!inputs.isEmpty()) {
                throw malformed("The request has several inputs; the model has one.");
            }
            inputs.add(readInput(parser));
        }
        return inputs;
    }

    private static List<String> readOutputs(JsonParser parser) throws IOException {
        List<String> names = new ArrayList<>();
        while (parser.nextToken() == JsonToken.START_OBJECT) {
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean name = parser.currentName().equals("name");
                JsonToken value = parser.nextToken();
                if (name && value == JsonToken.VALUE_STRING) {
                    names.add(parser.getText());
                } else {
                    parser.skipChildren();
                }
            }
        }
        return names;
    }

    private static Input readInput(JsonParser parser) throws IOException, Refusal {
        String name = "";
        String datatype = "";
        List<Long> shape = List.of();
        var data = new TensorData();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String field = parser.currentName();
            JsonToken value = parser.nextToken();
            switch (field) {
                case "name" -> name = parser.getText();
                case "datatype" -> datatype = parser.getText();
                case "shape" -> shape = readShape(parser, value);
                case "data" -> data.read(parser, value);
                default -> parser.skipChildren();
            }
        }
        return new Input(name, datatype, shape, data.numbers(), data.bytes());
    }

    private static List<Long> readShape(JsonParser parser, JsonToken value) throws IOException, Refusal {
        if (value != JsonToken.START_ARRAY) {
            throw malformed("A shape is no array.");
        }
        List<Long> shape = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (shape.size() == 8) {
                throw malformed("A shape has more than 8 dimensions.");
            }
            shape.add(parser.getLongValue());
        }
        return shape;
    }

    static Refusal malformed(String message) {
        return new Refusal(
                ErrorCode.BAD_REQUEST,
                message,
                "Send an inference request of the Open Inference Protocol V2; GET /v2/models/NAME shows the tensors.");
    }

    /// Collects the elements of `data`, whose kind shows before `datatype` may have been read.
    private static final class TensorData {
        private float[] numbers = new float[1024];
        private int count;
        private final List<byte[]> bytes = new ArrayList<>();

        void read(JsonParser parser, JsonToken first) throws IOException, Refusal {
            if (first != JsonToken.START_ARRAY) {
                throw malformed("data is no array.");
            }
            int depth = 1;
            while (depth > 0) {
                JsonToken token = parser.nextToken();
                if (token == JsonToken.START_ARRAY) {
                    depth++;
                } else if (token == JsonToken.END_ARRAY) {
                    depth--;
                } else if (token == JsonToken.VALUE_STRING) {
                    addBytes(parser.getBinaryValue());
                } else {
                    addNumber(parser.getFloatValue());
                }
            }
        }

        private void addBytes(byte[] element) throws Refusal {
            if (bytes.size() == Limits.MAX_BATCH) {
                throw new Refusal(
                        ErrorCode.BATCH_TOO_LARGE,
                        "The request has more than %d images.".formatted(Limits.MAX_BATCH),
                        "Send them in several requests.");
            }
            bytes.add(element);
        }

        private void addNumber(float number) {
            if (count == numbers.length) {
                numbers = Arrays.copyOf(numbers, count * 2);
            }
            numbers[count++] = number;
        }

        float[] numbers() {
            return Arrays.copyOf(numbers, count);
        }

        List<byte[]> bytes() {
            return List.copyOf(bytes);
        }
    }
}
