package dev.enclaveconsole.core.host.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.enclaveconsole.core.Console;
import dev.enclaveconsole.core.failure.ConsoleException;
import dev.enclaveconsole.core.host.HostEntry;
import dev.enclaveconsole.core.host.HostSession;
import dev.enclaveconsole.core.operation.OperationContext;
import dev.enclaveconsole.core.operation.OperationRunner;
import dev.enclaveconsole.core.settings.ConsoleFolders;
import dev.enclaveconsole.sandbox.SandboxHost;
import dev.enclaveconsole.sandbox.SandboxOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The doctor on the sandbox's bare host: what is missing, what a fix changes, what taking it back restores.
@Timeout(180)
class BareHostTest {
    private static final OperationContext NONE = OperationContext.none();
    private static final Wish ANY = Wish.none();

    @TempDir
    Path folder;

    private SandboxHost sandbox;
    private Console console;
    private HostSession host;

    @BeforeEach
    void start() throws IOException, ConsoleException {
        sandbox = SandboxHost.start(new SandboxOptions(folder).bareHost());
        console = new Console(ConsoleFolders.under(folder, Optional.of(folder)), OperationRunner.onCallersThread());
        host = connect();
    }

    @AfterEach
    void stop() throws IOException {
        host.close();
        sandbox.close();
    }

    @Test
    void namesEverythingThatIsMissing() throws ConsoleException {
        Diagnosis diagnosis = examine(ANY);
        assertThat(diagnosis.findings().stream()
                        .filter(f -> f.severity() == Severity.PROBLEM)
                        .map(Finding::id))
                .containsExactly(
                        "nitro-cli", "driver", "group-ne", "allocator-file", "allocator", "hugepages", "cpu-pool");
        assertThat(diagnosis.fixes().stream().map(Fix::id))
                .containsExactly(
                        "nitro-cli",
                        "nitro-blobs",
                        "driver",
                        "group-ne",
                        "allocator-file",
                        "allocator",
                        "docker",
                        "group-docker",
                        "nginx",
                        "nginx-site");
        assertThat(diagnosis.find("instance").orElseThrow().what()).contains("c6a.2xlarge");
        assertThat(diagnosis.find("imds").orElseThrow().severity()).isEqualTo(Severity.OK);
        assertThat(diagnosis.green()).isFalse();
        Fix install = diagnosis.find("nitro-cli").orElseThrow().fix().orElseThrow();
        assertThat(install.script()).contains("sudo -n dnf install -y aws-nitro-enclaves-cli\n");
        assertThat(install.undoScript()).contains("sudo -n dnf remove -y aws-nitro-enclaves-cli\n");
        Fix allocator = diagnosis.find("allocator").orElseThrow().fix().orElseThrow();
        ConsoleException failed = catchThrowableOfType(
                ConsoleException.class, () -> new Repair(host).apply(allocator, diagnosis.facts(), _ -> {}, NONE));
        assertThat(failed.problem().code()).isEqualTo("host.fix-failed");
        assertThat(failed.problem().what()).contains("Go on only if no enclave runs");
    }

    @Test
    void fixesEverythingOnceAndThenChangesNothing() throws ConsoleException, IOException {
        Treatment.Result result = treatment().apply(List.of(), ANY, NONE);
        assertThat(result.made())
                .startsWith("nitro-cli", "nitro-blobs", "driver", "group-ne", "allocator-file", "allocator")
                .contains("docker", "group-docker", "vsock-proxy", "nginx", "nginx-site")
                .doesNotHaveDuplicates();
        assertThat(result.after().findings().stream()
                        .filter(f -> f.severity() == Severity.PROBLEM || f.fix().isPresent()))
                .isEmpty();
        assertThat(result.after().find("login").orElseThrow().severity()).isEqualTo(Severity.OK);
        assertThat(result.after().facts().allocator().freeMib()).isEqualTo(4096);
        assertThat(console.nitroCli(host).list(NONE)).isEmpty();

        Finding login = examine(ANY).find("login").orElseThrow();
        assertThat(login.severity()).isEqualTo(Severity.WARNING);
        assertThat(login.what()).contains("ne and docker");
        assertThat(login.advice()).contains("connect again");

        host.close();
        host = connect();
        assertThat(treatment().apply(List.of(), ANY, NONE).made()).isEmpty();

        Wish wish = new Wish(OptionalInt.of(6144), OptionalInt.of(4));
        Treatment.Result more = treatment().apply(List.of(), wish, NONE);
        assertThat(more.made()).containsExactly("allocator-file", "allocator");
        assertThat(more.after().find("allocator").orElseThrow().what())
                .contains("6144 MiB")
                .contains("1-2,5-6");
        try (var files = Files.list(root().resolve("etc/nitro_enclaves"))) {
            assertThat(files.map(f -> f.getFileName().toString()))
                    .anyMatch(name -> name.matches("allocator\\.yaml\\.\\d{8}-\\d{6}-\\d{3}"));
        }
    }

    @Test
    void takesBackWhatItDidLatestFirst() throws ConsoleException {
        List<String> ids = List.of("nitro-cli", "driver", "group-ne", "allocator-file", "allocator");
        assertThat(treatment().apply(ids, ANY, NONE).made()).containsExactlyElementsOf(ids);
        Path file = root().resolve("etc/nitro_enclaves/allocator.yaml");
        assertThat(file).content().contains("memory_mib: 4096").contains("# How much memory");
        assertThat(treatment().undo(List.of("allocator-file"), NONE).made()).containsExactly("allocator-file");
        assertThat(file).content().contains("memory_mib: 512");
        Treatment.Result undone = treatment().undo(List.of(), NONE);
        assertThat(undone.made()).containsExactly("allocator", "group-ne", "driver", "nitro-cli");
        assertThat(file).doesNotExist();
        assertThat(undone.after().fixes().stream().map(Fix::id)).contains("nitro-cli", "group-ne", "allocator-file");
        assertThat(undone.after().facts().allocator().reservedMib()).isZero();
        assertThat(new Repair(host).undoable(NONE)).isEmpty();
    }

    private Treatment treatment() {
        return new Treatment(host, Clock.systemUTC(), _ -> connect(), new Treatment.Observer() {
            @Override
            public boolean approve(Fix fix) {
                return true;
            }

            @Override
            public boolean approve(UndoRecord record) {
                return true;
            }

            @Override
            public void printed(String line) {}
        });
    }

    private Diagnosis examine(Wish wish) throws ConsoleException {
        return new Doctor(host, Clock.systemUTC()).examine(wish, NONE);
    }

    private Path root() throws ConsoleException {
        return Path.of(host.run(List.of("sh", "-c", "echo $ENCLAVE_CONSOLE_HOST_ROOT"), NONE)
                .stdout()
                .strip());
    }

    private HostSession connect() throws ConsoleException {
        HostEntry entry = new HostEntry(
                "sandbox", "127.0.0.1", sandbox.port(), sandbox.user(), Optional.of(sandbox.identityFile()), true);
        return console.connectPinned(entry, List.of(sandbox.knownHostsLine()), NONE);
    }
}
