package dev.enclaveconsole.desktop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.enclaveconsole.protocol.api.Json;
import dev.enclaveconsole.protocol.api.LegacyPredictAnswer;
import dev.enclaveconsole.protocol.api.LegacyPredictRequest;
import dev.enclaveconsole.sandbox.SandboxHost;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every verb that reaches an enclave, against one running sandbox.
class SandboxVerbsTest {
    private static final Path PHOTO =
            Path.of("..", "assets", "samples", "chelsea.jpg").toAbsolutePath().normalize();

    @TempDir
    private static Path home;

    private static @Nullable RunningVerb sandbox;

    @BeforeAll
    static void startTheSandbox() throws InterruptedException {
        TerminalRun.needsInstallation();
        sandbox = new RunningVerb(home, "sandbox", "start", "--json");
        assertThat(sandbox.answer().get("ssh").asText()).startsWith("ssh -p ");
    }

    @AfterAll
    static void endTheSandbox() {
        if (sandbox != null) {
            assertThat(sandbox.interrupt()).isZero();
            assertThat(SandboxHost.findRunning()).isEmpty();
        }
    }

    @Test
    void demoAnswersWithOneDocument() {
        TerminalRun run = TerminalRun.of(home, "demo", "--image", PHOTO.toString(), "--runs", "3", "--json");
        assertThat(run.exitCode()).as(run.err()).isZero();
        JsonNode answer = run.json();
        assertThat(answer.get("host").asText()).isEqualTo("sandbox");
        assertThat(answer.at("/enclave/id").asText()).startsWith("i-");
        assertThat(answer.at("/enclave/cid").asInt()).isGreaterThan(2);
        assertThat(answer.at("/enclave/pcrs/0").asText()).hasSize(96);
        assertThat(answer.at("/verdict/trusted").asBoolean(true)).isFalse();
        assertThat(answer.at("/verdict/reason").asText()).isNotBlank();
        assertThat(answer.at("/verdict/steps")).hasSize(11);
        assertThat(answer.at("/predictions/0/top/0/label").asText()).isNotBlank();
        assertThat(answer.at("/predictions/0/timings/infer").asLong()).isPositive();
        assertThat(answer.at("/latency/n").asInt()).isEqualTo(3);
        assertThat(answer.at("/latency/unit").asText()).isEqualTo("ms");
    }

    @Test
    void badImageFailsAloneAndIsNamed() throws IOException {
        Path text = Files.writeString(home.resolve("text.jpg"), "no picture");
        TerminalRun run = TerminalRun.of(home, command("predict", PHOTO.toString(), text.toString()));
        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(run.json().at("/predictions/0/top/0/score").asDouble()).isPositive();
        assertThat(run.json().at("/predictions/1/error/what").asText()).contains("text.jpg");
    }

    @Test
    void onlyBadImagesFailBeforeAnythingStarts() throws IOException {
        Path empty = Files.createFile(home.resolve("empty.jpg"));
        TerminalRun run = TerminalRun.of(home, "demo", "--image", empty.toString(), "--json");
        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(run.json().at("/error/code").asText()).isEqualTo("image.empty");
        assertThat(run.err()).doesNotContain("Connecting");
    }

    @Test
    void fetchedVerdictVerifiesAgainAndFailsAtTheRoot() {
        TerminalRun fetched =
                TerminalRun.of(home, "attest", "fetch", "--host", "sandbox", "--enclave", "demo", "--json");
        assertThat(fetched.exitCode()).as(fetched.err()).isZero();
        String saved = fetched.json().get("saved").asText();
        TerminalRun verified = TerminalRun.of(home, "attest", "verify", saved, "--json");
        assertThat(verified.exitCode()).isEqualTo(ExitCode.REFUSED);
        assertThat(verified.json().at("/error/code").asText()).isEqualTo("attestation.ROOT");
    }

    @Test
    void publishedEnclaveServesOldClientsButNoWebPages() throws Exception {
        try (RunningVerb publication = new RunningVerb(home, command("enclave publish", "--plain-http"));
                HttpClient http = HttpClient.newHttpClient()) {
            URI address = URI.create(publication.answer().get("address").asText());
            String image = Base64.getEncoder().encodeToString(Files.readAllBytes(PHOTO));
            byte[] body = Json.mapper().writeValueAsBytes(new LegacyPredictRequest(List.of(image, image)));
            HttpRequest.Builder request = HttpRequest.newBuilder(address.resolve("predict/"))
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofByteArray(body));
            HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            List<Integer> classes = Json.mapper()
                    .readValue(answer.body(), LegacyPredictAnswer.class)
                    .classIds();
            assertThat(classes).hasSize(2);
            request.header("Origin", "https://example.org");
            assertThat(http.send(request.build(), BodyHandlers.ofString()).statusCode())
                    .isEqualTo(403);
            HttpRequest claim = HttpRequest.newBuilder(address.resolve("claim")).build();
            assertThat(http.send(claim, BodyHandlers.ofString()).statusCode()).isEqualTo(404);
            assertThat(publication.interrupt()).isZero();
        }
    }

    @Test
    void hostTestFindsNitroCli() {
        TerminalRun run = TerminalRun.of(home, "host", "test", "sandbox", "--json");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.json().get("nitroCli").asText()).contains("Nitro CLI");
    }

    @Test
    void unknownEnclaveIsNamed() {
        TerminalRun run =
                TerminalRun.of(home, "enclave", "terminate", "--host", "sandbox", "--enclave", "nobody", "--json");
        assertThat(run.exitCode()).isNotZero();
        assertThat(run.json().at("/error/what").asText()).contains("nobody");
    }

    @Test
    void secondSandboxIsNotStarted() {
        TerminalRun run = TerminalRun.of(home, "sandbox", "start", "--json");
        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(run.json().at("/error/code").asText()).isEqualTo("sandbox.running");
    }

    private static String[] command(String verb, String... rest) {
        List<String> words = new ArrayList<>(List.of(verb.split(" ")));
        words.addAll(List.of("--host", "sandbox", "--enclave", "demo", "--json"));
        words.addAll(List.of(rest));
        return words.toArray(String[]::new);
    }
}
