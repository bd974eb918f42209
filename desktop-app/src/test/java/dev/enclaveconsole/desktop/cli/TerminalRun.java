package dev.enclaveconsole.desktop.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import dev.enclaveconsole.core.settings.ConsoleFolders;
import dev.enclaveconsole.protocol.api.Json;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/// One command line run in this process, with what it printed.
record TerminalRun(int exitCode, String out, String err) {
    private static final Path INSTALLATION = Path.of("target", "console").toAbsolutePath();

    static TerminalRun of(Path home, String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int exitCode = new Terminal(surroundings(home, out, err)).run(args);
        return new TerminalRun(exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    static Surroundings surroundings(Path home, ByteArrayOutputStream out, ByteArrayOutputStream err) {
        Optional<Path> installation = Optional.of(INSTALLATION).filter(Files::isDirectory);
        return new Surroundings(stream(out), stream(err), ConsoleFolders.under(home, installation));
    }

    /// The one JSON document on standard output; anything before or after it is a failure.
    JsonNode json() {
        try {
            return Json.mapper()
                    .readerFor(JsonNode.class)
                    .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .readValue(out);
        } catch (JsonProcessingException e) {
            throw new AssertionError("Not one JSON document: " + out + err, e);
        }
    }

    static void needsInstallation() {
        Assumptions.assumeTrue(
                Files.isRegularFile(INSTALLATION.resolve("images/demo.eif")),
                "no demo image in " + INSTALLATION + "; ./console or ./mvnw package makes it");
    }

    static Path sharedData(String relative) {
        Path file = Path.of("..", "..", "shared", "data")
                .resolve(relative)
                .toAbsolutePath()
                .normalize();
        Assumptions.assumeTrue(Files.exists(file), "no " + file);
        return file;
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }
}
