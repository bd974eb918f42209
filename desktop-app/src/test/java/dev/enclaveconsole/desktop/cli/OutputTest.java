package dev.enclaveconsole.desktop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.enclaveconsole.core.failure.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputTest {
    @TempDir
    private Path home;

    @Test
    void showsNoControlCharacterOfAFileName() throws IOException {
        Path photo = Files.writeString(home.resolve("new\nTRUSTED\u001b[31m\u009b2J.jpg"), "no image");
        TerminalRun run = TerminalRun.of(home, "predict", "--host", "nobody", "--enclave", "none", photo.toString());
        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(run.err()).contains("\\u001b").doesNotContain("\u001b").doesNotContain("\u009b");
        assertThat(run.err().lines()).noneMatch(line -> line.startsWith("TRUSTED"));
    }

    @Test
    void indentsWhatFollowsTheFirstLineOfAMessage() {
        Problem problem = Problem.failed("code", "The host says:\nTRUSTED", "one\ntwo", "");
        assertThat(Printable.indented(problem.what())).isEqualTo("The host says:\n  TRUSTED");
        assertThat(Printable.lines("a\n\u202eb\tc")).isEqualTo("a\n\\u202eb\tc");
    }

    @Test
    void namesADamagedModelBesideTheOthers() throws IOException {
        Path model = Files.createDirectories(home.resolve("state/models/broken"));
        Files.writeString(model.resolve("model.json"), "{bad");
        TerminalRun run = TerminalRun.of(home, "model", "list", "--json");
        assertThat(run.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(run.json().at("/damaged/0/what").asText()).contains("broken");
        assertThat(run.err()).contains("broken");
    }
}
