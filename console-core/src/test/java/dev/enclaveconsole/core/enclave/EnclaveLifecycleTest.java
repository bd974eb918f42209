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
import dev.enclaveconsole.core.operation.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// On a host behind OpenSSH's sshd whose nitro-cli keeps its enclaves as files.
@Timeout(120)
class EnclaveLifecycleTest {
    private static final OperationContext NONE = OperationContext.none();
    private static final String NITRO = """
            #!/bin/sh
            cd "$HOME/state" || exit 1
            verb=$1
            case $verb in
            run-enclave)
              mkdir only 2>/dev/null || { echo '[ E36 ] two at once' >&2; exit 39; }
              trap 'rmdir only' EXIT
              sleep "$(cat slow)"
              if [ -s busy ]; then
                sed -i 1d busy
                echo '[ E29 ] Ioctl failure.' >&2; echo 'Failed connections: 1' >&2; echo '[ E39 ] x' >&2; exit 39
              fi
              n=$(cat count); echo $((n + 1)) >count
              flags=NONE; for a; do [ "$a" = --debug-mode ] && flags=DEBUG_MODE; done
              json="{ \\"EnclaveName\\": \\"e$n\\", \\"EnclaveID\\": \\"i-1-enc$n\\", \\"EnclaveCID\\": $((16 + n)), \\"NumberOfCPUs\\": 2, \\"CPUIDs\\": [1, 5], \\"MemoryMiB\\": 512"
              echo "$json, \\"State\\": \\"RUNNING\\", \\"Flags\\": \\"$flags\\" }" >"i-1-enc$n.enclave"
              echo 'Start allocating memory...' >&2
              printf '%s\\n' "$json }";;
            describe-enclaves) echo '['; sep=; for f in *.enclave; do [ -e "$f" ] && { printf '%s' "$sep"; cat "$f"; sep=,; }; done; echo ']';;
            terminate-enclave) rm -f *.enclave; echo '[]';;
            console) echo 'first line'; while [ -e "$3.enclave" ]; do sleep 0.1; done; cat last; echo '[ E45 ] x' >&2; exit 45;;
            esac
            """;

    @TempDir
    static Path folder;

    private static OpenSshServer sshd;
    private static HostSession session;

    @TempDir
    Path desktop;

    private EnclaveLifecycle lifecycle;

    @BeforeAll
    static void start() throws Exception {
        sshd = OpenSshServer.start(folder);
        KnownHosts hosts = KnownHosts.exactly(List.of(sshd.knownHostsLine("ed25519")));
        String login = Files.readString(sshd.file("login"));
        OpenSshServer.script(
                sshd.file("login"),
                login.replace("cd \"$HOME\"", "export ENCLAVE_CONSOLE_HOST_ROOT=$HOME/root\ncd \"$HOME\""));
        session = HostSession.connect(
                sshd.entry(false),
                sshd.settings(hosts, Optional.empty()),
                HostKeyDecider.refuse(),
                PassphrasePrompt.none(),
                NONE);
        OpenSshServer.script(sshd.home().resolve("bin/nitro-cli"), NITRO);
        pages("node0/hugepages/hugepages-2048kB", 1024, 512);
        pages("node0/hugepages/hugepages-1048576kB", 2, 1);
        file("root/sys/module/nitro_enclaves/parameters/ne_cpus", "1-2,5-6");
        file("root/sys/devices/system/cpu/cpu0/topology/thread_siblings_list", "0,4");
        Files.createDirectories(sshd.home().resolve("root/run/nitro_enclaves"));
    }

    @AfterAll
    static void stop() {
        if (sshd != null) {
            session.close();
            sshd.close();
        }
    }

    @BeforeEach
    void fresh() throws Exception {
        session.run(List.of("rm", "-rf", "state"), NONE);
        file("state/count", "1");
        file("state/slow", "0");
        file("state/busy", "");
        Files.writeString(sshd.home().resolve("state/busy"), "");
        file("state/last", "[ 9.1] Kernel panic - not syncing: Attempted to kill init! exitcode=0x00000300");
        session.run(List.of("rm", "-rf", ".enclave-console/consoles"), NONE);
        lifecycle = lifecycle(desktop);
    }

    @Test
    void readsWhatTheHostHasSetAsideAndWhatIsFree() throws Exception {
        file("demo.eif", "x".repeat(5 << 20));
        LaunchFacts facts = lifecycle.facts(sshd.home().resolve("demo.eif").toString(), NONE);
        assertThat(facts.imageBytes()).hasValue((5 << 20) + 1);
        assertThat(facts.resources())
                .isEqualTo(new HostResources(
                        List.of(new PagePool(0, 1_048_576, 2, 1), new PagePool(0, 2048, 1024, 512)),
                        List.of(1, 2, 5, 6),
                        List.of(),
                        2));
        lifecycle.launch(request(false), NONE);
        assertThat(lifecycle.facts("demo", NONE).resources().freeCpus()).containsExactly(2, 6);
        assertThat(lifecycle.facts("demo", NONE).imageBytes()).isEmpty();
    }

    @Test
    void refusesWhatWouldFailWithoutCallingNitroCli() throws Exception {
        LaunchRequest request = new LaunchRequest("/x/a.eif", Optional.empty(), 2, 9000, false);
        Problem problem = problem(() -> lifecycle.launch(request, NONE));
        assertThat(problem.code()).isEqualTo("launch.E27");
        assertThat(problem.remedy()).contains("2048 MiB and 2 CPUs");
        assertThat(sshd.home().resolve("state/count")).hasContent("1");
    }

    @Test
    void launchesOneAfterTheOtherWhoeverStartsThem() throws Exception {
        file("state/slow", "2");
        EnclaveLifecycle other = lifecycle(desktop.resolve("other"));
        List<String> told = Collections.synchronizedList(new ArrayList<>());
        var first = CompletableFuture.supplyAsync(() -> launch(lifecycle, request(false), telling(told)));
        var second = CompletableFuture.supplyAsync(() -> launch(other, request(false), telling(told)));
        assertThat(List.of(
                        first.get(60, TimeUnit.SECONDS).id(),
                        second.get(60, TimeUnit.SECONDS).id()))
                .containsExactlyInAnyOrder("i-1-enc1", "i-1-enc2");
        assertThat(told).anyMatch(line -> line.contains("Another launch runs on test"));
    }

    @Test
    void triesAgainWhileTheDriverIsBusyWithAnEnclaveThatEnded() throws Exception {
        Files.writeString(sshd.home().resolve("state/busy"), "1\n2\n");
        List<String> told = new ArrayList<>();
        assertThat(lifecycle.launch(request(false), telling(told)).id()).isEqualTo("i-1-enc1");
        assertThat(told).filteredOn(line -> line.contains("E29")).hasSize(2);
    }

    @Test
    void givesUpOnADriverThatStaysBusy() throws Exception {
        Files.writeString(sshd.home().resolve("state/busy"), "1\n".repeat(50));
        assertThat(problem(() -> lifecycle.launch(request(false), NONE)).code()).isEqualTo("nitro.E29");
    }

    @Test
    void keepsTheConsoleFromTheFirstLineAndSaysWhyTheEnclaveIsGone() throws Exception {
        EnclaveInfo enclave = lifecycle.launch(request(true), NONE);
        Path captured = sshd.home().resolve(".enclave-console/consoles/" + enclave.id() + ".log");
        await(() -> Files.exists(captured) && Files.size(captured) > 0);
        assertThat(lifecycle.list(NONE).vanished()).isEmpty();
        Files.delete(sshd.home().resolve("state/" + enclave.id() + ".enclave"));
        await(() -> Files.exists(captured.resolveSibling(enclave.id() + ".end")));

        SavedEnclave gone = lifecycle.list(NONE).vanished().getFirst();
        assertThat(gone.end().orElseThrow().kind()).isEqualTo(EnclaveEnd.Kind.VANISHED);
        assertThat(gone.end().orElseThrow().reason()).isEqualTo("Its program ended with exit code 3.");
        assertThat(lifecycle.list(NONE).vanished()).as("told once").isEmpty();
        ConsoleArchive later = new ConsoleArchive(desktop);
        assertThat(later.lines(enclave.id()).orElseThrow()).hasSize(2).first().isEqualTo("first line");
        assertThat(later.require("e1")).isEqualTo(gone);
    }

    @Test
    void followsTheConsoleToItsEndAndSavesIt() throws Exception {
        EnclaveInfo enclave = lifecycle.launch(request(true), NONE);
        List<String> lines = Collections.synchronizedList(new ArrayList<>());
        var following = CompletableFuture.runAsync(() -> {
            try {
                lifecycle.console(enclave, lines::add, NONE);
            } catch (ConsoleException e) {
                throw new IllegalStateException(e);
            }
        });
        await(() -> !lines.isEmpty());
        lifecycle.terminateAll(NONE);
        following.get(30, TimeUnit.SECONDS);
        assertThat(lines).hasSize(2);
        assertThat(lifecycle.archive().lines(enclave.id()).orElseThrow()).isEqualTo(lines);
        assertThat(lifecycle.archive().require(enclave.id()).end().orElseThrow().kind())
                .isEqualTo(EnclaveEnd.Kind.TERMINATED);
        assertThat(lifecycle.list(NONE).vanished()).isEmpty();
    }

    @Test
    void attachesTheErrorLogThatNitroCliNames() throws Exception {
        Path log = file("err.log", "  Action: Run Enclave\nNE_ERR_MEM_DIFFERENT_NUMA_NODE");
        OpenSshServer.script(sshd.home().resolve("bin/nitro-cli"), """
                #!/bin/sh
                [ "$1" = describe-enclaves ] && { echo '[]'; exit 0; }
                echo '[ E31 ] Memory region failure.' >&2
                echo 'please provide the error log found at "%s"' >&2
                echo '[ E39 ] Enclave process connection failure.' >&2
                exit 39
                """.formatted(log));
        try {
            Problem problem = problem(() -> lifecycle.launch(request(false), NONE));
            assertThat(problem.code()).isEqualTo("nitro.E31");
            assertThat(problem.why()).contains("different NUMA nodes");
            assertThat(problem.details()).contains("Action: Run Enclave");
        } finally {
            OpenSshServer.script(sshd.home().resolve("bin/nitro-cli"), NITRO);
        }
    }

    private static EnclaveLifecycle lifecycle(Path archive) {
        return new EnclaveLifecycle("test", session, new ConsoleArchive(archive), Clock.systemUTC());
    }

    private static LaunchRequest request(boolean debug) {
        return new LaunchRequest("demo", Optional.empty(), 2, 512, debug);
    }

    private static EnclaveInfo launch(EnclaveLifecycle lifecycle, LaunchRequest request, OperationContext context) {
        try {
            return lifecycle.launch(request, context);
        } catch (ConsoleException e) {
            throw new IllegalStateException(e);
        }
    }

    private static OperationContext telling(List<String> told) {
        return new OperationContext() {
            @Override
            public void report(Progress progress) {
                told.add(progress.message());
            }

            @Override
            public void checkCancelled() {}

            @Override
            public Registration onCancel(Runnable action) {
                return () -> {};
            }
        };
    }

    private interface Condition {
        boolean holds() throws IOException;
    }

    private static void await(Condition condition) throws Exception {
        for (int i = 0; i < 300 && !condition.holds(); i++) {
            Thread.sleep(100);
        }
        assertThat(condition.holds()).isTrue();
    }

    private static void pages(String pool, int total, int free) throws IOException {
        file("root/sys/devices/system/node/" + pool + "/nr_hugepages", String.valueOf(total));
        file("root/sys/devices/system/node/" + pool + "/free_hugepages", String.valueOf(free));
    }

    private static Path file(String path, String content) throws IOException {
        Path file = sshd.home().resolve(path);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content + "\n");
    }

    private static Problem problem(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        return catchThrowableOfType(ConsoleException.class, call).problem();
    }
}
