package dev.enclaveconsole.desktop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AttestVerifyTest {
    private static final int SIGNATURE_BYTES = 96;

    @TempDir
    private Path home;

    @ParameterizedTest
    @ValueSource(strings = {"nitro-1.bin", "nitro-2.bin", "nitro-pcr16.bin"})
    void acceptsRealDocumentsAtTheirTime(String name) {
        TerminalRun run = verify(document(name), "--at", "document");
        assertThat(run.exitCode()).as(run.err()).isZero();
        JsonNode verdict = run.json().get("verdict");
        assertThat(verdict.get("trusted").asBoolean()).isFalse();
        assertThat(verdict.get("notChecked").toString()).contains("NONCE", "MEASUREMENTS", "KEY_BINDING");
        assertThat(run.json().has("error")).isFalse();
    }

    @Test
    void refusesRealDocumentNowAsExpired() {
        TerminalRun run = verify(document("nitro-1.bin"), "--at", "now");
        assertThat(run.exitCode()).isEqualTo(ExitCode.REFUSED);
        assertThat(failedSteps(run)).contains("DATES");
        assertThat(run.json().at("/error/code").asText()).isEqualTo("attestation.DATES");
    }

    @Test
    void checksNowUnlessToldOtherwise() {
        assertThat(verify(document("nitro-1.bin")).exitCode()).isEqualTo(ExitCode.REFUSED);
    }

    @Test
    void refusesForeignRootByName() {
        TerminalRun run = verify(document("private-root.bin"), "--at", "document");
        assertThat(run.exitCode()).isEqualTo(ExitCode.REFUSED);
        assertThat(failedSteps(run)).contains("ROOT");
    }

    @Test
    void refusesFlippedByteNamingTheStep() throws IOException {
        byte[] bytes = Files.readAllBytes(document("nitro-1.bin"));
        bytes[bytes.length / 2] ^= 1;
        TerminalRun run = verify(write("flipped.bin", bytes), "--at", "document");
        assertThat(run.exitCode()).isEqualTo(ExitCode.REFUSED);
        assertThat(run.json().at("/error/code").asText()).startsWith("attestation.");
        assertThat(failedSteps(run)).isNotEmpty();
    }

    @Test
    void refusesWhatIsNotOneWellFormedDocument() throws IOException {
        byte[] good = Files.readAllBytes(document("nitro-1.bin"));
        byte[] unsigned = good.clone();
        Arrays.fill(unsigned, good.length - SIGNATURE_BYTES, good.length, (byte) 0);
        assertRefused(new byte[0]);
        assertRefused(Arrays.copyOf(good, good.length - 1));
        assertRefused(Arrays.copyOf(good, good.length + 1));
        assertRefused(unsigned);
        assertRefused("{ not json".getBytes(StandardCharsets.UTF_8));
        assertRefused(new byte[2 << 20]);
    }

    @Test
    void comparesMeasurementAndNonce() {
        String zeros = "0".repeat(96);
        TerminalRun run = verify(document("nitro-1.bin"), "--at", "document", "--pcr", "0=" + zeros, "--nonce", "00ff");
        assertThat(run.exitCode()).isEqualTo(ExitCode.REFUSED);
        assertThat(failedSteps(run)).contains("MEASUREMENTS", "NONCE");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--at=yesterday", "--nonce=xyz", "--pcr=0=abc", "--pcr=x"})
    void callsWrongOptionsWrongUsage(String option) throws IOException {
        TerminalRun run = verify(write("any.bin", new byte[] {1}), option);
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.json().at("/error/code").asText()).isEqualTo("usage");
    }

    @Test
    void saysThatTheFileIsMissing() {
        TerminalRun run = verify(home.resolve("none.bin"));
        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(run.json().at("/error/what").asText()).contains("none.bin");
    }

    private void assertRefused(byte[] content) throws IOException {
        TerminalRun run = verify(write("bad.bin", content), "--at", "document");
        assertThat(run.exitCode()).as(run.out()).isEqualTo(ExitCode.REFUSED);
        assertThat(run.json().has("error")).isTrue();
    }

    private TerminalRun verify(Path file, String... options) {
        List<String> args = new ArrayList<>(List.of("attest", "verify", file.toString(), "--json"));
        args.addAll(List.of(options));
        return TerminalRun.of(home, args.toArray(String[]::new));
    }

    private static List<String> failedSteps(TerminalRun run) {
        List<String> failed = new ArrayList<>();
        for (JsonNode step : run.json().at("/verdict/steps")) {
            if (step.get("status").asText().equals("FAILED")) {
                failed.add(step.get("id").asText());
            }
        }
        return failed;
    }

    private Path write(String name, byte[] content) throws IOException {
        return Files.write(home.resolve(name), content);
    }

    private static Path document(String name) {
        return TerminalRun.sharedData("attestation/" + name);
    }
}
