package dev.enclaveconsole.core.predict;

import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// What the console needs to know of an ONNX file: inputs, outputs and their shapes. Weights are passed over, not read
/// (onnx.proto: ModelProto.graph = 7; GraphProto.node = 1, initializer = 5, input = 11, output = 12).
///
/// @param inputs without initialisers; @param outputs in the graph's order
/// @param externalData whether weights are in another file (TensorProto.data_location = 14, EXTERNAL = 1)
record OnnxModel(
        List<Tensor> inputs,
        List<Tensor> outputs,
        List<Node> nodes,
        Map<String, List<Long>> initialisers,
        boolean externalData) {
    /// @param shape a dimension that is not fixed is 0
    record Tensor(String name, List<Long> shape) {}

    record Node(String operator, List<String> inputs, List<String> outputs) {}

    private static final int DEPTH = 8;

    /// @throws IOException if the file is no ONNX model
    static OnnxModel read(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            MappedByteBuffer bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
            Collector collector = new Collector();
            ProtoReader model = new ProtoReader(bytes);
            boolean graph = false;
            while (model.next()) {
                if (model.field() == 7 && model.isBytes()) {
                    collector.graph(model.message());
                    graph = true;
                }
            }
            if (!graph || collector.outputs.isEmpty()) {
                throw new IOException("It has no graph with an output.");
            }
            return collector.result();
        } catch (RuntimeException e) {
            throw new IOException("It is no ONNX model: " + e.getMessage(), e);
        }
    }

    /// Number of classes that the first output has, if it is fixed; else what the last layer's weights say.
    OptionalInt classes() {
        List<Long> shape = outputs.getFirst().shape();
        if (shape.size() >= 2 && shape.getLast() > 0) {
            return size(shape.reversed());
        }
        return classesOf(outputs.getFirst().name(), DEPTH);
    }

    /// Whether the first output already is a distribution.
    boolean endsWithSoftmax() {
        String name = outputs.getFirst().name();
        return nodes.stream()
                .anyMatch(n -> n.operator().equals("Softmax") && n.outputs().contains(name));
    }

    private OptionalInt classesOf(String tensor, int depth) {
        Optional<Node> producer = producer(tensor);
        if (producer.isEmpty() || depth == 0) {
            return OptionalInt.empty();
        }
        Node node = producer.get();
        return switch (node.operator()) {
            case "Softmax", "LogSoftmax", "Identity", "Cast", "Flatten", "QuantizeLinear", "DequantizeLinear" ->
                classesOf(input(node, 0), depth - 1);
            case "Gemm" -> size(dims(input(node, 2)).reversed());
            case "MatMul" -> size(dims(input(node, 1)).reversed());
            case "Add" ->
                node.inputs().stream()
                        .map(this::dims)
                        .filter(dims -> !dims.isEmpty())
                        .map(dims -> size(dims.reversed()))
                        .findFirst()
                        .orElse(OptionalInt.empty());
            case "Conv" -> isPooled(input(node, 0), depth) ? size(dims(input(node, 1))) : OptionalInt.empty();
            default -> OptionalInt.empty();
        };
    }

    /// A convolution yields one value for each class only where nothing is left of height and width.
    private boolean isPooled(String tensor, int depth) {
        return producer(tensor)
                .filter(node -> depth > 0)
                .map(node -> switch (node.operator()) {
                    case "GlobalAveragePool" -> true;
                    case "QuantizeLinear", "DequantizeLinear" -> isPooled(input(node, 0), depth - 1);
                    default -> false;
                })
                .orElse(false);
    }

    private Optional<Node> producer(String tensor) {
        return nodes.stream().filter(n -> n.outputs().contains(tensor)).findFirst();
    }

    /// Of a constant, also one that is stored quantised.
    private List<Long> dims(String tensor) {
        List<Long> stored = initialisers.get(tensor);
        if (stored != null) {
            return stored;
        }
        return producer(tensor)
                .filter(node -> node.operator().equals("DequantizeLinear"))
                .map(node -> initialisers.getOrDefault(input(node, 0), List.of()))
                .orElse(List.of());
    }

    /// An optional input that is left out has the empty name.
    private static String input(Node node, int index) {
        return index < node.inputs().size() ? node.inputs().get(index) : "";
    }

    private static OptionalInt size(List<Long> dims) {
        return dims.isEmpty() || dims.getFirst() <= 0 || dims.getFirst() > Integer.MAX_VALUE
                ? OptionalInt.empty()
                : OptionalInt.of(dims.getFirst().intValue());
    }

    private static final class Collector {
        private final List<Tensor> inputs = new ArrayList<>();
        private final List<Tensor> outputs = new ArrayList<>();
        private final List<Node> nodes = new ArrayList<>();
        private final Map<String, List<Long>> initialisers = new HashMap<>();
        private boolean external;

        void graph(ProtoReader graph) {
            while (graph.next()) {
                if (graph.isBytes()) {
                    switch (graph.field()) {
                        case 1 -> nodes.add(node(graph.message()));
                        case 5 -> initialiser(graph.message());
                        case 11 -> inputs.add(tensor(graph.message()));
                        case 12 -> outputs.add(tensor(graph.message()));
                        default -> {}
                    }
                }
            }
        }

        OnnxModel result() {
            inputs.removeIf(input -> initialisers.containsKey(input.name()));
            return new OnnxModel(inputs, outputs, nodes, initialisers, external);
        }

        private static Node node(ProtoReader node) {
            List<String> in = new ArrayList<>();
            List<String> out = new ArrayList<>();
            String operator = "";
            while (node.next()) {
                switch (node.field()) {
                    case 1 -> in.add(node.text());
                    case 2 -> out.add(node.text());
                    case 4 -> operator = node.text();
                    default -> {}
                }
            }
            return new Node(operator, in, out);
        }

        private void initialiser(ProtoReader tensor) {
            String name = "";
            List<Long> dims = new ArrayList<>();
            while (tensor.next()) {
                if (tensor.field() == 1) {
                    dims.addAll(tensor.numbers());
                } else if (tensor.field() == 8) {
                    name = tensor.text();
                } else if (tensor.field() == 14) {
                    external |= tensor.numbers().contains(1L);
                }
            }
            initialisers.put(name, dims);
        }

        private static Tensor tensor(ProtoReader info) {
            String name = "";
            List<Long> shape = new ArrayList<>();
            while (info.next()) {
                if (info.field() == 1) {
                    name = info.text();
                } else if (info.field() == 2) {
                    info.message().each(1, type -> type.each(2, dims -> dims.each(1, dim -> shape.add(size(dim)))));
                }
            }
            return new Tensor(name, shape);
        }

        private static long size(ProtoReader dimension) {
            long size = 0;
            while (dimension.next()) {
                if (dimension.field() == 1) {
                    size = dimension.numbers().getFirst();
                }
            }
            return Math.max(0, size);
        }
    }
}
