package dev.enclaveconsole.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.enclaveconsole.core.enclave.EnclaveInfo;
import dev.enclaveconsole.core.enclave.LaunchRequest;
import dev.enclaveconsole.core.enclave.NitroCli;
import dev.enclaveconsole.core.failure.ConsoleException;
import dev.enclaveconsole.core.failure.Problem;
import dev.enclaveconsole.core.host.HostEntry;
import dev.enclaveconsole.core.host.HostSession;
import dev.enclaveconsole.core.operation.OperationContext;
import dev.enclaveconsole.core.operation.OperationRunner;
import dev.enclaveconsole.core.predict.ImageSource;
import dev.enclaveconsole.core.predict.PredictClient;
import dev.enclaveconsole.core.predict.PredictEntry;
import dev.enclaveconsole.core.predict.PredictOptions;
import dev.enclaveconsole.core.predict.PredictRun;
import dev.enclaveconsole.core.settings.ConsoleFolders;
import dev.enclaveconsole.core.trust.AttestedSession;
import dev.enclaveconsole.core.trust.VerdictSummary;
import dev.enclaveconsole.protocol.attestation.StepId;
import dev.enclaveconsole.protocol.attestation.VerdictStep;
import dev.enclaveconsole.sandbox.SandboxHost;
import dev.enclaveconsole.sandbox.SandboxOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The main job on real parts: the sandbox's SSH server and nitro-cli, the agent, the enclave's server with its model.
/// Needs the folder that `./console` runs from.
@Timeout(180)
class SandboxJourneyTest {
    private static final OperationContext NONE = OperationContext.none();

    @TempDir
    static Path folder;

    private static SandboxHost sandbox;
    private static Console console;
    private static HostSession host;
    private static NitroCli nitro;

    @BeforeAll
    static void start() throws IOException, ConsoleException {
        Path installation = installation();
        assumeTrue(Files.exists(installation.resolve("images/demo.eif")), "the distribution is not built");
        sandbox = SandboxHost.start(new SandboxOptions(installation));
        console =
                new Console(ConsoleFolders.under(folder, Optional.of(installation)), OperationRunner.onCallersThread());
        host = connect(true);
        nitro = console.nitroCli(host);
    }

    @AfterAll
    static void stop() throws IOException {
        if (sandbox != null) {
            host.close();
            sandbox.close();
        }
    }

    @Test
    void launchesVerifiesClaimsAndPredicts() throws ConsoleException, IOException {
        EnclaveInfo enclave = launch(false);
        try (AttestedSession session = console.attest(host, enclave, NONE)) {
            assertThat(failed(session)).containsExactly(StepId.ROOT);
            assertThat(session.verdict().step(StepId.MEASUREMENTS).status()).isEqualTo(VerdictStep.Status.PASSED);
            PredictClient client = new PredictClient(session.client());
            assertThat(client.models(NONE)).isNotEmpty();
            PredictRun run = new PredictRun(VerdictSummary.of(session.verdict()));
            for (Path photo : photos()) {
                PredictEntry entry = run.classify(client, ImageSource.ofFile(photo), PredictOptions.DEFAULT, NONE);
                assertThat(entry.problem()).as(photo.toString()).isEmpty();
                assertThat(entry.top()).hasSize(5);
            }
            byte[] broken = java.util.Arrays.copyOf(Files.readAllBytes(photos().getFirst()), 700);
            PredictEntry bad =
                    run.classify(client, ImageSource.ofBytes("broken.jpg", broken), PredictOptions.DEFAULT, NONE);
            assertThat(bad.problem().orElseThrow().code()).startsWith("enclave.IMAGE_");
            run.exportJson(folder.resolve("run.json"));
            run.exportCsv(folder.resolve("run.csv"));
            assertThat(Files.readString(folder.resolve("run.csv"))).contains("UNTRUSTED");
        }
        assertThat(console.verdicts().list()).isNotEmpty();
        nitro.terminate(enclave.id(), NONE);
        assertThat(nitro.list(NONE)).extracting(EnclaveInfo::id).doesNotContain(enclave.id());
    }

    @Test
    void refusesTheSandboxOnAHostThatAllowsNothingUntrusted() throws ConsoleException {
        EnclaveInfo enclave = launch(false);
        try (HostSession strict = connect(false)) {
            Problem problem = problem(() -> console.attest(strict, enclave, NONE));
            assertThat(problem.kind()).isEqualTo(Problem.Kind.REFUSED);
            assertThat(problem.why()).startsWith("ROOT");
        } finally {
            nitro.terminate(enclave.id(), NONE);
        }
    }

    @Test
    void tellsSecondConsoleThatTheEnclaveIsClaimed() throws ConsoleException {
        EnclaveInfo enclave = launch(false);
        try (AttestedSession _ = console.attest(host, enclave, NONE);
                Console other = new Console(
                        ConsoleFolders.under(
                                folder.resolve("other"), console.folders().installation()),
                        OperationRunner.onCallersThread())) {
            assertThat(problem(() -> other.attest(host, enclave, NONE)).code()).isEqualTo("enclave.already-claimed");
        } finally {
            nitro.terminate(enclave.id(), NONE);
        }
    }

    @Test
    void survivesAnEnclaveThatEndsInBetween() throws ConsoleException, IOException {
        EnclaveInfo first = launch(false);
        ImageSource photo = ImageSource.ofFile(photos().getFirst());
        try (AttestedSession session = console.attest(host, first, NONE)) {
            PredictClient client = new PredictClient(session.client());
            client.predict(photo, PredictOptions.DEFAULT, NONE);
            nitro.terminate(first.id(), NONE);
            Problem problem = problem(() -> client.predict(photo, PredictOptions.DEFAULT, NONE));
            assertThat(problem.code()).isEqualTo("enclave.gone");
            assertThat(problem.remedy()).contains("launch it again");
        }
        EnclaveInfo second = launch(true);
        try (AttestedSession session = console.attest(host, second, NONE)) {
            assertThat(failed(session)).contains(StepId.DEBUG);
            assertThat(new PredictClient(session.client())
                            .predict(photo, PredictOptions.DEFAULT, NONE)
                            .results())
                    .hasSize(1);
        }
        nitro.terminate(second.id(), NONE);
    }

    @Test
    void noticesAnEnclaveThatEndsBeforeItReadTheRequest() throws Exception {
        EnclaveInfo enclave = launch(false);
        ImageSource photo = ImageSource.ofFile(photos().getFirst());
        try (AttestedSession session = console.attest(host, enclave, NONE)) {
            PredictClient client = new PredictClient(session.client());
            client.predict(photo, PredictOptions.DEFAULT, NONE);
            suspend(enclave);
            CompletableFuture<Problem> waiting = CompletableFuture.supplyAsync(
                    () -> problem(() -> client.predict(photo, PredictOptions.DEFAULT, NONE)));
            Thread.sleep(1_000);
            nitro.terminate(enclave.id(), NONE);
            assertThat(waiting.get(20, TimeUnit.SECONDS).code()).isEqualTo("enclave.gone");
        }
    }

    /// Stops the enclave's processes, so that what is sent to it stays unread.
    private static void suspend(EnclaveInfo enclave) throws IOException, InterruptedException {
        String mark = "enclave-" + enclave.cid();
        List<String> members = ProcessHandle.current()
                .descendants()
                .filter(process -> process.info().commandLine().orElse("").contains(mark + " "))
                .flatMap(ProcessHandle::descendants)
                .map(process -> Long.toString(process.pid()))
                .toList();
        assertThat(members).isNotEmpty();
        new ProcessBuilder(Stream.concat(Stream.of("kill", "-STOP"), members.stream())
                        .toList())
                .start()
                .waitFor();
    }

    private static EnclaveInfo launch(boolean debug) throws ConsoleException {
        return nitro.run(new LaunchRequest("demo", Optional.empty(), 2, 1024, debug), NONE);
    }

    private static HostSession connect(boolean allowUntrusted) throws ConsoleException {
        HostEntry entry = new HostEntry(
                "sandbox",
                "127.0.0.1",
                sandbox.port(),
                sandbox.user(),
                Optional.of(sandbox.identityFile()),
                allowUntrusted);
        return console.connectPinned(entry, List.of(sandbox.knownHostsLine()), NONE);
    }

    private static List<StepId> failed(AttestedSession session) {
        return session.verdict().steps().stream()
                .filter(step -> step.status() == VerdictStep.Status.FAILED)
                .map(VerdictStep::id)
                .toList();
    }

    private static Problem problem(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        return catchThrowableOfType(ConsoleException.class, call).problem();
    }

    private static List<Path> photos() throws IOException {
        try (Stream<Path> files = Files.list(upwards("assets/samples"))) {
            return files.filter(f -> f.toString().endsWith(".jpg")).sorted().toList();
        }
    }

    private static Path installation() {
        String given = System.getProperty(ConsoleFolders.INSTALLATION_PROPERTY);
        return given == null ? upwards("desktop-app/target/console") : Path.of(given);
    }

    private static Path upwards(String relative) {
        Path start = Path.of("").toAbsolutePath();
        for (Path at = start; at != null; at = at.getParent()) {
            if (Files.exists(at.resolve(relative))) {
                return at.resolve(relative);
            }
        }
        return start.resolve(relative);
    }
}
