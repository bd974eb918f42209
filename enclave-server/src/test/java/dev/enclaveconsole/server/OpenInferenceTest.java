package dev.enclaveconsole.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.enclaveconsole.protocol.api.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import okhttp3.RequestBody;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenInferenceTest {
    private static final String MODEL = "/v2/models/" + RunningServer.MODEL;

    @TempDir
    static Path folder;

    static RunningServer running;

    @BeforeAll
    static void start() throws Exception {
        running = RunningServer.start(RunningServer.home(folder, "open"));
    }

    @AfterAll
    static void stop() throws Exception {
        running.close();
    }

    @Test
    void tellsHealthAndMetadata() throws Exception {
        assertThat(json("/v2/health/live")).isEqualTo("{\"live\":true}");
        assertThat(json("/v2/health/ready")).isEqualTo("{\"live\":true}");
        assertThat(json(MODEL + "/ready")).isEqualTo("{\"name\":\"%s\",\"ready\":true}".formatted(RunningServer.MODEL));
        assertThat(json("/v2")).contains("\"name\":\"enclave-server\"").contains("\"extensions\":[]");
        assertThat(json(MODEL))
                .contains("\"inputs\":[{\"name\":\"input\",\"datatype\":\"FP32\",\"shape\":[-1,3,32,32]}]")
                .contains("\"shape\":[-1,10]");
    }

    @Test
    void infersEncodedImages() throws Exception {
        String image = Base64.getEncoder().encodeToString(PredictTest.photo());
        RunningServer.Answer answer = infer("42", "BYTES", List.of(2), List.of(image, image));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("id").asText()).isEqualTo("42");
        assertThat(answer.json().path("model_name").asText()).isEqualTo(RunningServer.MODEL);
        assertThat(answer.json().at("/outputs/0/shape").toString()).isEqualTo("[2,10]");
        assertThat(answer.json().at("/outputs/0/data")).hasSize(20);
    }

    @Test
    void infersTensorsFlatOrNested() throws Exception {
        float[] flat = new float[3 * 32 * 32];
        float[][][][] nested = new float[1][3][32][32];
        for (int i = 0; i < flat.length; i++) {
            flat[i] = (i % 7) - 3f;
            nested[0][i / 1024][i / 32 % 32][i % 32] = flat[i];
        }
        RunningServer.Answer fromFlat = infer("a", "FP32", List.of(1, 3, 32, 32), flat);
        RunningServer.Answer fromNested = infer("b", "FP32", List.of(1, 3, 32, 32), nested);
        assertThat(fromFlat.status()).isEqualTo(200);
        assertThat(fromFlat.json().at("/outputs")).isEqualTo(fromNested.json().at("/outputs"));
    }

    @Test
    void reportsErrorsAsTheSpecificationWants() throws Exception {
        assertError(running.get(running.stranger, "/v2/models/nix"), 404);
        assertError(running.get(running.stranger, "/v2/nothing"), 404);
        assertError(infer("a", "FP32", List.of(1, 3, 8, 8), new float[192]), 400);
        assertError(infer("a", "FP32", List.of(1, 3, 32, 32), new float[5]), 400);
        assertError(infer("a", "INT8", List.of(1), List.of(1)), 400);
        assertError(infer("a", "BYTES", List.of(3), List.of("AAAA")), 400);
        assertError(infer("a", "BYTES", List.of(1), List.of("AAAA")), 415);
        for (String body : List.of(
                "",
                "{",
                "[]",
                "{\"inputs\":[]}",
                "{\"inputs\":[{\"data\":{}}]}",
                "{\"inputs\":[{\"name\":\"input\",\"data\":[true]}]}")) {
            assertError(
                    running.post(running.stranger, MODEL + "/infer", RequestBody.create(body, RunningServer.JSON)),
                    400);
        }
    }

    private static void assertError(RunningServer.Answer answer, int status) {
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.json().path("error").isTextual()).isTrue();
    }

    private static String json(String path) throws IOException {
        return running.get(running.stranger, path).json().toString();
    }

    private static RunningServer.Answer infer(String id, String datatype, List<Integer> shape, Object data)
            throws IOException {
        Map<String, Object> input = new LinkedHashMap<>();
        input.put("name", "input");
        input.put("data", data);
        input.put("shape", shape);
        input.put("datatype", datatype);
        Map<String, Object> request =
                Map.of("id", id, "inputs", List.of(input), "outputs", List.of(Map.of("name", "logits")));
        return running.post(
                running.stranger,
                MODEL + "/infer",
                RequestBody.create(Json.mapper().writeValueAsBytes(request), RunningServer.JSON));
    }
}
