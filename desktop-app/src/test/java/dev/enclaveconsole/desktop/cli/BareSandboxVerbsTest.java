package dev.enclaveconsole.desktop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// From a host with nothing on it to a running enclave, by two verbs.
@Timeout(300)
class BareSandboxVerbsTest {
    @TempDir
    private static Path home;

    private static @Nullable RunningVerb sandbox;

    @BeforeAll
    static void startTheSandbox() throws InterruptedException {
        TerminalRun.needsInstallation();
        sandbox = new RunningVerb(home, "sandbox", "start", "--bare", "--json");
        assertThat(sandbox.answer().get("ssh").asText()).startsWith("ssh -p ");
    }

    @AfterAll
    static void endTheSandbox() {
        if (sandbox != null) {
            assertThat(sandbox.interrupt()).isZero();
        }
    }

    @Test
    void bareHostBecomesOneThatRunsAnEnclave() {
        TerminalRun bare = TerminalRun.of(home, "host", "doctor", "sandbox", "--json");
        assertThat(bare.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(bare.json().get("green").asBoolean(true)).isFalse();
        assertThat(ids(bare.json(), "problem")).contains("nitro-cli", "driver", "group-ne", "allocator");

        TerminalRun shown = TerminalRun.of(home, "host", "fix", "sandbox", "--all", "--dry-run", "--json");
        assertThat(shown.exitCode()).isZero();
        assertThat(shown.json().at("/fixes/nitro-cli/commands/0/command").asText())
                .isEqualTo("sudo -n dnf install -y aws-nitro-enclaves-cli");
        assertThat(ids(
                        TerminalRun.of(home, "host", "doctor", "sandbox", "--json")
                                .json(),
                        "problem"))
                .contains("nitro-cli");

        TerminalRun fixed = TerminalRun.of(home, "host", "fix", "sandbox", "--all", "--yes", "--json");
        assertThat(fixed.exitCode()).as(fixed.err()).isZero();
        assertThat(fixed.json().get("fixed").size()).isGreaterThan(8);
        assertThat(fixed.err()).contains("sudo -n usermod -aG ne ec2-user");
        assertThat(ids(fixed.json(), "problem")).isEmpty();

        TerminalRun again = TerminalRun.of(home, "host", "fix", "sandbox", "--all", "--yes", "--json");
        assertThat(again.exitCode()).isZero();
        assertThat(again.json().get("fixed")).isEmpty();

        TerminalRun launched = TerminalRun.of(home, "enclave", "run", "--host", "sandbox", "--json");
        assertThat(launched.exitCode()).as(launched.err()).isZero();
    }

    @Test
    void saysWhatIsUnclearBeforeItConnects() {
        TerminalRun nothing = TerminalRun.of(home, "host", "fix", "sandbox", "--yes", "--json");
        assertThat(nothing.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(nothing.json().at("/error/code").asText()).isEqualTo("host.fix-what");
        TerminalRun unasked = TerminalRun.of(home, "host", "fix", "sandbox", "--all", "--json");
        assertThat(unasked.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(unasked.json().at("/error/code").asText()).isEqualTo("host.fix-unconfirmed");
        TerminalRun unknown = TerminalRun.of(home, "host", "fix", "sandbox", "nonsense", "--yes", "--json");
        assertThat(unknown.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(unknown.json().at("/error/why").asText()).contains("nitro-cli");
    }

    private static List<String> ids(JsonNode document, String severity) {
        List<String> ids = new ArrayList<>();
        for (JsonNode finding : document.get("findings")) {
            if (finding.get("severity").asText().equals(severity)) {
                ids.add(finding.get("id").asText());
            }
        }
        return ids;
    }
}
