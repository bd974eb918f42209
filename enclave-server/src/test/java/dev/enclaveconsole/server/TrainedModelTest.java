package dev.enclaveconsole.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.enclaveconsole.protocol.api.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// MobileNetV2 (ImageNet, from shared test data) on the 15 labelled photos beside it. Three of them are hard:
/// the reference run of the same file gets them among its first five only.
class TrainedModelTest {
    private static final String NAME = "mobilenet";

    @TempDir
    Path folder;

    @Test
    void recognisesLabelledPhotos() throws Exception {
        Path model = TestFiles.shared("models/mobilenet_v2_1.0_224_imagenet_fp32.onnx");
        List<String> table = Files.readAllLines(TestFiles.shared("images/labels.csv"));
        RunningServer.home(folder, "open");
        install(model);
        int photos = 0;
        int right = 0;
        try (RunningServer running = RunningServer.start(folder)) {
            for (String line : table.subList(1, table.size())) {
                String[] columns = line.split(",", 3);
                Path photo = TestFiles.shared("images/" + columns[0]);
                RunningServer.Answer answer =
                        running.post(running.stranger, "/v1/predict?top=5&model=" + NAME, Files.readAllBytes(photo));
                List<String> accepted = List.of(columns[1].split(" "));
                List<String> top = new ArrayList<>();
                answer.json()
                        .at("/results/0/top")
                        .forEach(label ->
                                top.add(Integer.toString(label.path("index").asInt() - 1)));
                assertThat(top).as(columns[0]).containsAnyElementsOf(accepted);
                photos++;
                right += accepted.contains(top.getFirst()) ? 1 : 0;
            }
        }
        assertThat(photos).isEqualTo(15);
        assertThat(right).as("right at first guess").isGreaterThanOrEqualTo(12);
    }

    private void install(Path model) throws Exception {
        Path home = folder.resolve("models").resolve(NAME);
        Files.createDirectories(home);
        Files.copy(model, home.resolve("model.onnx"));
        Files.copy(TestFiles.shared("models/imagenet_labels_1001.txt"), home.resolve("labels.txt"));
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(model));
        List<Double> halves = List.of(0.5, 0.5, 0.5);
        Map<String, Object> input = Map.of(
                "name",
                "input",
                "width",
                224,
                "height",
                224,
                "layout",
                "NCHW",
                "resizeShortSide",
                256,
                "mean",
                halves,
                "std",
                halves);
        Map<String, Object> description = Map.of(
                "name",
                NAME,
                "input",
                input,
                "output",
                Map.of("name", "logits", "activation", "softmax"),
                "sha256",
                HexFormat.of().formatHex(hash));
        Files.write(home.resolve("model.json"), Json.mapper().writeValueAsBytes(description));
    }
}
