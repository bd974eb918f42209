package dev.enclaveconsole.core.enclave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.enclaveconsole.core.failure.ConsoleException;
import dev.enclaveconsole.core.failure.Problem;
import dev.enclaveconsole.core.host.HostKeyDecider;
import dev.enclaveconsole.core.host.HostSession;
import dev.enclaveconsole.core.host.KnownHosts;
import dev.enclaveconsole.core.host.OpenSshServer;
import dev.enclaveconsole.core.host.PassphrasePrompt;
import dev.enclaveconsole.core.operation.OperationContext;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// With an executable `nitro-cli` on a host behind sshd that prints what the real one printed.
@Timeout(120)
class NitroCliTest {
    private static final OperationContext NONE = OperationContext.none();
    private static final String ID = "i-00d5010abc6b8b398-enc19c947279627724";
    private static final String SEVEN = """
            "EnclaveName": "ephemeral-ml-enclave", "EnclaveID": "%s", "ProcessID": 71626,
            "EnclaveCID": 16, "NumberOfCPUs": 2, "CPUIDs": [1, 3], "MemoryMiB": 4096""".formatted(ID);
    private static final String DESCRIBED = "[ { " + SEVEN + """
            , "State": "RUNNING", "Flags": "DEBUG_MODE", "Later": {"x": 1},
            "Measurements": { "HashAlgorithm": "Sha384 { ... }", "PCR0": "6ED2", "PCR1": "4b4d", "PCR2": "9551" } } ]""";
    private static final String FAILED_RUN = """
            Start allocating memory...
            [ E26 ] Insufficient memory requested. User provided `memory` is 64 MB, but based on the EIF file size, \
            the minimum memory should be 1340 MB

            For more details, please visit https://docs.aws.amazon.com/enclaves/latest/user/cli-errors.html#E26

            If you open a support ticket, please provide the error log found at "/var/log/nitro_enclaves/err2026.log".
            Failed connections: 1
            [ E39 ] Enclave process connection failure. Such error appears when the enclave manager fails.
            """;

    @TempDir
    static Path folder;

    private static OpenSshServer sshd;
    private static HostSession session;
    private static NitroCli nitro;

    @BeforeAll
    static void start() throws Exception {
        sshd = OpenSshServer.start(folder);
        KnownHosts hosts = KnownHosts.exactly(List.of(sshd.knownHostsLine("ed25519")));
        session = HostSession.connect(
                sshd.entry(false),
                sshd.settings(hosts, Optional.empty()),
                HostKeyDecider.refuse(),
                PassphrasePrompt.none(),
                NONE);
        nitro = new NitroCli(session);
    }

    @AfterAll
    static void stop() {
        if (sshd != null) {
            session.close();
            sshd.close();
        }
    }

    @Test
    void listsNoneOneAndOlderForms() throws Exception {
        prints("[]", "", 0);
        assertThat(nitro.list(NONE)).isEmpty();
        prints(DESCRIBED, "", 0);
        EnclaveInfo expected = new EnclaveInfo(
                ID,
                "ephemeral-ml-enclave",
                16,
                2,
                List.of(1, 3),
                4096,
                EnclaveInfo.State.RUNNING,
                true,
                Map.of(0, "6ed2", 1, "4b4d", 2, "9551"));
        assertThat(nitro.list(NONE)).containsExactly(expected);
        assertThat(nitro.require("ephemeral-ml-enclave", NONE)).isEqualTo(expected);
        prints("{ \"EnclaveID\": \"a\", \"EnclaveCID\": 17 }\n{ \"EnclaveID\": \"b\" }", "", 0);
        assertThat(nitro.list(NONE)).extracting(EnclaveInfo::name).containsExactly("a", "b");
    }

    @Test
    void launchesAndReadsBackWhatRuns() throws Exception {
        nitroCli("""
                if [ "$1" = run-enclave ]; then
                  echo 'Start allocating memory...' >&2
                  echo 'Started enclave with enclave-cid: 16, memory: 4096 MiB, cpu-ids: [1, 3]' >&2
                  echo '{ %s }'
                else echo '%s'; fi
                """.formatted(SEVEN, DESCRIBED));
        LaunchRequest request = new LaunchRequest("demo", Optional.of("d"), 2, 4096, true);
        EnclaveInfo launched = nitro.run(request, NONE);
        assertThat(launched.id()).isEqualTo(ID);
        assertThat(launched.pcrs()).hasSize(3);
        assertThat(session.commands())
                .extracting(c -> c.commandLine())
                .contains(String.join(" ", nitro.runCommand(request)));
        assertThat(nitro.runCommand(request))
                .containsExactly(
                        "nitro-cli",
                        "run-enclave",
                        "--eif-path",
                        ".enclave-console/images/demo.eif",
                        "--cpu-count",
                        "2",
                        "--memory",
                        "4096",
                        "--enclave-name",
                        "d",
                        "--debug-mode");
    }

    @Test
    void reportsTheFirstCodeWithMeaningLogAndRemedy() throws Exception {
        prints("", FAILED_RUN, 39);
        Problem problem =
                problem(() -> nitro.run(new LaunchRequest("/x/big.eif", Optional.empty(), 2, 64, false), NONE));
        assertThat(problem.code()).isEqualTo("nitro.E26");
        assertThat(problem.what()).contains("/x/big.eif");
        assertThat(problem.why()).contains("1340 MB").contains("/var/log/nitro_enclaves/err2026.log");
        assertThat(problem.remedy()).contains("memory");
    }

    @Test
    void explainsEveryCodeOfVersion150() {
        for (int code = 0; code <= 60; code++) {
            assertThat(NitroErrors.explain("E%02d".formatted(code)))
                    .as("E%02d", code)
                    .isPresent();
        }
    }

    @Test
    void measuresAnImage() throws Exception {
        prints(
                "{ \"EifVersion\": 4, \"Measurements\": { \"PCR0\": \"AA\", \"PCR8\": \"bb\" }, \"CheckCRC\": true }",
                "",
                0);
        assertThat(nitro.describeImage("demo", NONE).pcrs()).isEqualTo(Map.of(0, "aa", 8, "bb"));
    }

    @Test
    void followsTheConsoleToItsEnd() throws Exception {
        prints("Connecting to the console for enclave 16...\nhello", "[ E45 ] Console read failure.", 45);
        List<String> lines = new ArrayList<>();
        nitro.console(ID, lines::add, NONE);
        assertThat(lines).containsExactly("Connecting to the console for enclave 16...", "hello");
        prints("", "[ E44 ] Enclave console connection failure.", 44);
        assertThat(problem(() -> nitro.console(ID, lines::add, NONE)).remedy()).contains("debug");
    }

    @Test
    void saysWhenThereIsNoNitroCliOrNoSense() throws Exception {
        prints("{ \"EnclaveID\": ", "", 0);
        assertThat(problem(() -> nitro.list(NONE)).code()).isEqualTo("nitro.answer-unreadable");
        nitroCli("exit 127");
        assertThat(problem(() -> nitro.list(NONE)).code()).isEqualTo("nitro.missing");
        prints(DESCRIBED, "", 0);
        assertThat(problem(() -> nitro.require("nobody", NONE)).why()).contains("ephemeral-ml-enclave");
    }

    private static void prints(String stdout, String stderr, int exitCode) throws IOException {
        nitroCli("cat <<'EOF'\n%s\nEOF\ncat >&2 <<'EOF'\n%s\nEOF\nexit %d".formatted(stdout, stderr, exitCode));
    }

    private static void nitroCli(String body) throws IOException {
        OpenSshServer.script(sshd.home().resolve("bin/nitro-cli"), "#!/bin/sh\n" + body + "\n");
    }

    private static Problem problem(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        return catchThrowableOfType(ConsoleException.class, call).problem();
    }
}
