package dev.enclaveconsole.desktop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.enclaveconsole.protocol.api.Json;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// A verb that answers and then runs until Ctrl-C.
final class RunningVerb implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Surroundings surroundings;
    private final CompletableFuture<Integer> exitCode;

    RunningVerb(Path home, String... args) {
        surroundings = TerminalRun.surroundings(home, out, err);
        exitCode =
                CompletableFuture.supplyAsync(() -> new Terminal(surroundings).run(args), Thread.ofPlatform()::start);
    }

    /// Its answer, as soon as it is complete.
    JsonNode answer() throws InterruptedException {
        Instant end = Instant.now().plus(PATIENCE);
        while (Instant.now().isBefore(end) && !exitCode.isDone()) {
            try {
                JsonNode answer = Json.mapper().readTree(out.toString(StandardCharsets.UTF_8));
                if (answer.isObject()) {
                    return answer;
                }
            } catch (JsonProcessingException e) {
                assertThat(e).isNotNull();
            }
            Thread.sleep(50);
        }
        throw new AssertionError("No answer: " + err.toString(StandardCharsets.UTF_8));
    }

    /// @return the exit code
    int interrupt() {
        surroundings.interrupt();
        return exitCode.copy().orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }

    @Override
    public void close() {
        interrupt();
    }
}
