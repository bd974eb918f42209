package dev.enclaveconsole.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.enclaveconsole.protocol.api.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import okhttp3.MediaType;
import okhttp3.MultipartBody;
import okhttp3.RequestBody;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PredictTest {
    private static final byte[] TEXT = "this is a text file".getBytes(StandardCharsets.UTF_8);

    @TempDir
    static Path folder;

    static RunningServer running;

    @BeforeAll
    static void start() throws Exception {
        running = RunningServer.start(RunningServer.home(folder, "operator")).claimed();
    }

    @AfterAll
    static void stop() throws Exception {
        running.close();
    }

    @Test
    void answersWithSortedLabelsAndTimings() throws Exception {
        RunningServer.Answer answer = running.post(running.operator, "/v1/predict?top=3", photo());

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("model").asText()).isEqualTo(RunningServer.MODEL);
        assertThat(answer.json().path("modelSha256").asText()).hasSize(64);
        JsonNode top = answer.json().at("/results/0/top");
        assertThat(top.size()).isEqualTo(3);
        double first = top.at("/0/score").asDouble();
        assertThat(first)
                .isBetween(0.1, 1.0)
                .isGreaterThanOrEqualTo(top.at("/1/score").asDouble());
        JsonNode timings = answer.json().path("timings");
        long phases = timings.path("decode").asLong()
                + timings.path("preprocess").asLong()
                + timings.path("infer").asLong();
        assertThat(timings.path("infer").asLong()).isPositive();
        assertThat(phases).isLessThanOrEqualTo(timings.path("total").asLong() + 3);
    }

    @Test
    void namesWhatIsWrongWithAnImageAndServesTheNext() throws Exception {
        assertRefused(TEXT, 415, "NOT_AN_IMAGE");
        assertRefused(new byte[0], 422, "IMAGE_EMPTY");
        byte[] photo = photo();
        assertRefused(Arrays.copyOf(photo, photo.length / 2), 422, "IMAGE_DAMAGED");
        assertThat(running.post(running.operator, "/v1/predict", photo).status())
                .isEqualTo(200);
    }

    private static void assertRefused(byte[] image, int status, String code) throws IOException {
        RunningServer.Answer answer = running.post(running.operator, "/v1/predict", image);
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.code()).isEqualTo(code);
        assertThat(answer.json().at("/error/remedy").asText()).isNotBlank();
    }

    @Test
    void oneBadImageOfABatchFailsAlone() throws Exception {
        byte[] photo = photo();
        var body = new MultipartBody.Builder().setType(MultipartBody.FORM);
        MediaType jpeg = MediaType.get("image/jpeg");
        body.addFormDataPart("image", "one.jpg", RequestBody.create(photo, jpeg));
        body.addFormDataPart("image", "notes.jpg", RequestBody.create(TEXT, jpeg));
        body.addFormDataPart("image", "empty.jpg", RequestBody.create(new byte[0], jpeg));
        body.addFormDataPart("image", "grün \"drei\".jpg", RequestBody.create(photo, jpeg));
        RunningServer.Answer answer = running.post(running.operator, "/v1/predict?top=1", body.build());

        assertThat(answer.status()).isEqualTo(200);
        JsonNode results = answer.json().path("results");
        assertThat(results.size()).isEqualTo(4);
        assertThat(results.at("/0/file").asText()).isEqualTo("one.jpg");
        assertThat(results.at("/1/error/code").asText()).isEqualTo("NOT_AN_IMAGE");
        assertThat(results.at("/2/error/code").asText()).isEqualTo("IMAGE_EMPTY");
        assertThat(results.at("/3/file").asText()).startsWith("grün");
        assertThat(answer.best(0)).isNotEmpty().isEqualTo(answer.best(3));
    }

    @Test
    void predictsABatchAsItPredictsEachImage() throws Exception {
        var body = new MultipartBody.Builder().setType(MultipartBody.FORM);
        for (int i = 0; i < 20; i++) {
            body.addFormDataPart("f", i + ".jpg", RequestBody.create(photo(), MediaType.get("image/jpeg")));
        }
        RunningServer.Answer answer = running.post(running.operator, "/v1/predict?top=1", body.build());
        String single = running.post(running.operator, "/v1/predict?top=1", photo())
                .json()
                .at("/results/0/top")
                .toString();
        assertThat(answer.json().path("results"))
                .hasSize(20)
                .allSatisfy(result -> assertThat(result.path("top").toString()).isEqualTo(single));
    }

    @Test
    void refusesMoreImagesThanABatchMayHave() throws Exception {
        var body = new MultipartBody.Builder().setType(MultipartBody.FORM);
        for (int i = 0; i < 65; i++) {
            body.addFormDataPart("f", i + ".jpg", RequestBody.create(TEXT, MediaType.get("image/jpeg")));
        }
        assertThat(running.post(running.operator, "/v1/predict", body.build()).code())
                .isEqualTo("BATCH_TOO_LARGE");
    }

    @Test
    void refusesMultipartWithoutItsLastBoundary() throws Exception {
        RequestBody cut = RequestBody.create(
                "--x\r\nContent-Type: image/jpeg\r\n\r\nabc", MediaType.get("multipart/form-data; boundary=x"));
        assertThat(running.post(running.operator, "/v1/predict", cut).status()).isEqualTo(400);
    }

    @Test
    void speaksThePredecessorsContract() throws Exception {
        String image = Base64.getEncoder().encodeToString(photo());
        String best = running.post(running.operator, "/v1/predict", photo())
                .json()
                .at("/results/0/top/0/index")
                .asText();
        for (String path : List.of("/predict/", "/predict")) {
            RunningServer.Answer answer = legacy(path, List.of(image, image));
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.json().toString()).isEqualTo("{\"class_ids\":[%s,%s]}".formatted(best, best));
        }
    }

    @Test
    void refusesBadBase64AndBadJsonInThePredecessorsContract() throws Exception {
        assertThat(legacy("/predict/", List.of("$$$")).code()).isEqualTo("BAD_REQUEST");
        assertThat(legacy("/predict/", List.of("")).code()).isEqualTo("IMAGE_EMPTY");
        for (String body : List.of("", "[]", "{}", "{\"images\":1}", "{\"images\":[1]}", "{\"images\":[\"aa")) {
            RunningServer.Answer answer =
                    running.post(running.operator, "/predict/", RequestBody.create(body, RunningServer.JSON));
            assertThat(answer.status()).as(body).isEqualTo(400);
        }
    }

    private static RunningServer.Answer legacy(String path, List<String> images) throws IOException {
        byte[] json = Json.mapper().writeValueAsBytes(Map.of("images", images));
        return running.post(running.operator, path, RequestBody.create(json, RunningServer.JSON));
    }

    @Test
    void refusesStrangersUnknownModelsAndOddParameters() throws Exception {
        assertThat(running.post(running.stranger, "/v1/predict", photo()).code())
                .isEqualTo("NOT_OPERATOR");
        assertThat(running.post(running.stranger, "/predict/", photo()).status())
                .isEqualTo(403);
        assertThat(running.post(running.operator, "/v1/predict?model=nix", photo())
                        .code())
                .isEqualTo("MODEL_UNKNOWN");
        assertThat(running.post(running.operator, "/v1/predict?top=0", photo()).status())
                .isEqualTo(400);
        assertThat(running.get(running.operator, "/v1/predict").status()).isEqualTo(405);
        assertThat(running.get(running.operator, "/nothing").status()).isEqualTo(404);
    }

    @Test
    void listsModelsHealthAndMetrics() throws Exception {
        assertThat(running.get(running.stranger, "/v1/models")
                        .json()
                        .at("/0/name")
                        .asText())
                .isEqualTo(RunningServer.MODEL);
        assertThat(running.get(running.stranger, "/health")
                        .json()
                        .path("status")
                        .asText())
                .isEqualTo("ok");
        assertThat(running.post(running.operator, "/v1/predict", photo()).status())
                .isEqualTo(200);
        String metrics = text("/metrics");
        assertThat(metrics)
                .contains("enclave_images_total{result=\"ok\"}")
                .contains("enclave_predict_seconds{phase=\"infer\",quantile=\"0.99\"}")
                .contains("enclave_requests_total{route=\"predict\",status=\"200\"}");
    }

    private static String text(String path) throws IOException {
        var request = new okhttp3.Request.Builder().url(running.url(path)).build();
        try (var response = running.stranger.newCall(request).execute()) {
            return response.body().string();
        }
    }

    static byte[] photo() throws IOException {
        try (InputStream in = PredictTest.class.getResourceAsStream("/images/photo.jpg")) {
            if (in == null) {
                throw new IOException("no photo");
            }
            return in.readAllBytes();
        }
    }
}
