package dev.enclaveconsole.desktop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class UsageTest {
    @TempDir
    private Path home;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "host",
                "attest verify",
                "predict --host sandbox --enclave demo",
                "demo --runs many",
                "enclave list",
                "--unknown",
                "host add x"
            })
    void wrongUsageEndsWithTwo(String line) {
        TerminalRun run = TerminalRun.of(home, words(line));
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("--help").doesNotContain("\tat ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-3", "0", "1001"})
    void refusesNumbersOutOfRangeBeforeItConnects(String top) {
        TerminalRun run =
                TerminalRun.of(home, "predict", "--host", "nobody", "--enclave", "none", "--top", top, home.toString());
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains("--top cannot be " + top).contains("1 to 1000");
    }

    @Test
    void cancelsAVerbThatIsInterruptedBeforeItBegan() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Surroundings surroundings = TerminalRun.surroundings(home, out, new ByteArrayOutputStream());
        surroundings.interrupt();
        assertThat(new Terminal(surroundings).run("model", "list")).isEqualTo(ExitCode.INTERRUPTED);
        assertThat(out.size()).isZero();
    }

    @Test
    void wrongUsageWithJsonIsOneDocument() {
        TerminalRun run = TerminalRun.of(home, "hots", "list", "--json");
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.json().at("/error/remedy").asText()).contains("host");
    }

    @Test
    void everyCommandHasHelp() {
        List<String> commands = commands(line(), "");
        assertThat(commands).contains("attest verify", "enclave console", "sandbox start");
        for (String command : commands) {
            TerminalRun run = TerminalRun.of(home, words((command + " --help").strip()));
            assertThat(run.exitCode()).as(command).isZero();
            assertThat(run.out()).as(command).startsWith("Usage: console");
        }
    }

    @Test
    void everyOptionIsDescribed() {
        assertDescribed(line());
    }

    @Test
    void completionCoversTheVerbs() {
        TerminalRun run = TerminalRun.of(home, "completion");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("complete -F", "attest", "--enclave");
    }

    @Test
    void hostsAreAddedListedAndRemoved() {
        TerminalRun added = TerminalRun.of(home, "host", "add", "lab", "--address", "10.0.0.7", "--json");
        assertThat(added.exitCode()).isZero();
        assertThat(hosts().at("/0/name").asText()).isEqualTo("lab");
        assertThat(TerminalRun.of(home, "host", "remove", "lab").exitCode()).isZero();
        assertThat(hosts()).isEmpty();
    }

    @Test
    void unknownHostIsNamed() {
        TerminalRun run = TerminalRun.of(home, "enclave", "list", "--host", "nowhere", "--json");
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.json().at("/error/code").asText()).isEqualTo("host.unknown");
        assertThat(run.json().at("/error/what").asText()).contains("nowhere");
    }

    private JsonNode hosts() {
        return TerminalRun.of(home, "host", "list", "--json").json().get("hosts");
    }

    private CommandLine line() {
        return new Terminal(TerminalRun.surroundings(home, new ByteArrayOutputStream(), new ByteArrayOutputStream()))
                .commandLine();
    }

    private static List<String> commands(CommandLine line, String prefix) {
        List<String> found = new ArrayList<>();
        found.add(prefix);
        line.getSubcommands().forEach((name, sub) -> found.addAll(commands(sub, (prefix + " " + name).strip())));
        return found;
    }

    private static void assertDescribed(CommandLine line) {
        String command = line.getCommandSpec().qualifiedName();
        for (var argument : line.getCommandSpec().args()) {
            assertThat(argument.description())
                    .as(command + " " + argument.paramLabel())
                    .isNotEmpty();
        }
        assertThat(line.getCommandSpec().usageMessage().description())
                .as(command)
                .isNotEmpty();
        line.getSubcommands().values().forEach(UsageTest::assertDescribed);
    }

    private static String[] words(String line) {
        return line.isEmpty() ? new String[0] : line.split(" ");
    }
}
