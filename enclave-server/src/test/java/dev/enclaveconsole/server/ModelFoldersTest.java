package dev.enclaveconsole.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.enclaveconsole.protocol.api.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelFoldersTest {
    @TempDir
    Path folder;

    @Test
    void aBrokenModelDoesNotStopTheOthers() throws Exception {
        RunningServer.home(folder, "open");
        for (String name : List.of("a-labels", "b-hash", "c-empty", "d-good", "e-size", "f-input", "g-json")) {
            RunningServer.copyModel(
                    TestFiles.demoModel(), folder.resolve("models").resolve(name));
            describe(name, json -> json.put("name", name));
        }
        Files.writeString(model("a-labels", "labels.txt"), "cat\ndog\n");
        describe("b-hash", json -> json.put("sha256", "00"));
        Files.delete(model("c-empty", "model.onnx"));
        describe("e-size", json -> ((ObjectNode) json.get("input")).put("width", 31));
        describe("f-input", json -> ((ObjectNode) json.get("input")).put("name", "pixels"));
        Files.writeString(model("g-json", "model.json"), "{\"name\":");

        try (RunningServer running = RunningServer.start(folder)) {
            assertThat(running.console)
                    .hasSize(6)
                    .allSatisfy(line ->
                            assertThat(line).startsWith("left out: model ").doesNotContain("\n"));
            assertThat(running.console.get(0)).contains("labels.txt has 2 labels, but the model has 10 outputs");
            assertThat(running.console.get(1)).contains("model.onnx has SHA-256");
            assertThat(running.console.get(2)).contains("model.onnx is missing");
            assertThat(running.console.get(3)).contains("e-size").contains("32");
            assertThat(running.console.get(4)).contains("pixels");
            assertThat(running.console.get(5)).contains("model.json is no valid description");
            assertThat(running.post(running.stranger, "/v1/predict?model=d-good", PredictTest.photo())
                            .status())
                    .isEqualTo(200);
            assertThat(running.get(running.stranger, "/health").json().path("faults"))
                    .hasSize(6);
        }
    }

    @Test
    void aBrokenDefaultModelStopsTheStartWithOneLine() throws Exception {
        RunningServer.home(folder, "open");
        Files.writeString(model(RunningServer.MODEL, "labels.txt"), "cat\n");
        assertThatThrownBy(() -> RunningServer.start(folder))
                .isInstanceOf(StartupFailure.class)
                .hasMessageContaining("labels.txt has 1 labels, but the model has 10 outputs")
                .message()
                .doesNotContain("\n");
    }

    @Test
    void anUnknownDefaultModelOrMissingConfigurationStopsTheStart() throws Exception {
        RunningServer.home(folder, "open");
        Files.writeString(
                folder.resolve("etc/enclave.json"), "{\"access\":\"open\",\"defaultModel\":\"nix\",\"workers\":1}");
        assertThatThrownBy(() -> RunningServer.start(folder))
                .hasMessageContaining("model nix: there is no such folder");
        Files.delete(folder.resolve("etc/enclave.json"));
        Files.delete(folder.resolve("nsm.sock"));
        assertThatThrownBy(() -> RunningServer.start(folder)).hasMessageContaining("enclave.json cannot be read");
    }

    private Path model(String name, String file) {
        return folder.resolve("models").resolve(name).resolve(file);
    }

    private void describe(String name, Consumer<ObjectNode> change) throws Exception {
        Path file = model(name, "model.json");
        var json = (ObjectNode) Json.mapper().readTree(Files.readAllBytes(file));
        change.accept(json);
        Files.write(file, Json.mapper().writeValueAsBytes(json));
    }
}
