package dev.enclaveconsole.core.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.enclaveconsole.core.enclave.EnclaveInfo;
import dev.enclaveconsole.core.failure.ConsoleException;
import dev.enclaveconsole.core.failure.Problem;
import dev.enclaveconsole.core.host.BashAgent;
import dev.enclaveconsole.core.host.HostKeyDecider;
import dev.enclaveconsole.core.host.HostSession;
import dev.enclaveconsole.core.host.KnownHosts;
import dev.enclaveconsole.core.host.OpenSshServer;
import dev.enclaveconsole.core.host.PassphrasePrompt;
import dev.enclaveconsole.core.operation.OperationContext;
import dev.enclaveconsole.core.predict.ImageSource;
import dev.enclaveconsole.core.predict.PredictClient;
import dev.enclaveconsole.core.predict.PredictEntry;
import dev.enclaveconsole.core.predict.PredictOptions;
import dev.enclaveconsole.core.predict.PredictRun;
import dev.enclaveconsole.protocol.attestation.StepId;
import dev.enclaveconsole.protocol.attestation.VerdictStep;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class AttestedSessionTest {
    private static final OperationContext NONE = OperationContext.none();
    private static final int CID = 16;
    private static final EnclaveInfo ENCLAVE = new EnclaveInfo(
            "i-0-enc0", "demo_1", CID, 2, List.of(1, 3), 512, EnclaveInfo.State.RUNNING, false, Map.of());

    @TempDir
    static Path folder;

    private static OpenSshServer sshd;
    private static HostSession lenient;
    private static HostSession strict;
    private static OperatorKey operator;
    private static Pins pins;

    @BeforeAll
    static void start() throws Exception {
        sshd = OpenSshServer.start(folder);
        Path archive = BashAgent.archive(folder);
        lenient = connect(true, archive);
        strict = connect(false, archive);
        operator = OperatorKey.loadOrCreate(folder.resolve("state/operator-key.pem"));
        pins = new Pins(folder.resolve("pins.json"), Optional.empty());
        pins.pin("demo", Map.of(0, FakeEnclave.PCR, 2, FakeEnclave.PCR));
    }

    @AfterAll
    static void stop() {
        if (sshd != null) {
            lenient.close();
            strict.close();
            sshd.close();
        }
    }

    @Test
    void claimsAnAdmittedEnclaveAndPredicts() throws Exception {
        try (FakeEnclave enclave = enclave(false);
                AttestedSession session = AttestedSession.open(lenient, ENCLAVE, pins, operator, NONE)) {
            assertThat(failed(session)).containsExactly(StepId.ROOT);
            assertThat(session.attestation().pins()).contains("demo");
            assertThat(session.savedVerdict().isGenuine()).isTrue();
            assertThat(session.verdict().trusted()).isFalse();
            PredictRun run = new PredictRun(VerdictSummary.of(session.verdict()));
            PredictEntry entry =
                    run.classify(new PredictClient(session.client()), jpeg(100), PredictOptions.DEFAULT, NONE);
            assertThat(entry.problem()).isEmpty();
            assertThat(entry.top().getFirst().label()).isEqualTo("cat");
            PredictEntry bad =
                    run.classify(new PredictClient(session.client()), jpeg(10), PredictOptions.DEFAULT, NONE);
            assertThat(bad.problem().orElseThrow().code()).isEqualTo("enclave.IMAGE_DAMAGED");
            assertThat(bad.problem().orElseThrow().what()).contains("photo.jpg");
            assertThat(run.statistics().n()).isEqualTo(1);
            assertThat(run.statistics().errors()).containsExactly(Map.entry("enclave.IMAGE_DAMAGED", 1L));
            assertThat(enclave.port()).isPositive();
        }
    }

    @Test
    void refusesUntrustedRootUnlessTheHostAllowsIt() throws Exception {
        try (FakeEnclave _ = enclave(false)) {
            Problem problem = refusal(strict);
            assertThat(problem.code()).isEqualTo("trust.refused");
            assertThat(problem.kind()).isEqualTo(Problem.Kind.REFUSED);
            assertThat(problem.why()).startsWith("ROOT");
        }
    }

    @Test
    void admitsADebugEnclaveOnlyWhereAllowed() throws Exception {
        try (FakeEnclave _ = enclave(true)) {
            try (AttestedSession session = AttestedSession.open(lenient, ENCLAVE, pins, operator, NONE)) {
                assertThat(failed(session)).containsExactly(StepId.ROOT, StepId.DEBUG, StepId.MEASUREMENTS);
            }
            assertThat(refusal(strict).why()).contains("DEBUG");
        }
    }

    @Test
    void refusesCheatsEvenWhereUntrustedIsAllowed() throws Exception {
        try (FakeEnclave enclave = enclave(false)) {
            enclave.fault = FakeEnclave.Fault.OLD_NONCE;
            assertThat(refusal(lenient).why()).startsWith("NONCE");
            enclave.fault = FakeEnclave.Fault.OTHER_KEY;
            assertThat(refusal(lenient).why()).startsWith("KEY_BINDING");
            enclave.fault = FakeEnclave.Fault.TAMPERED;
            assertThat(refusal(lenient).why()).startsWith("SIGNATURE");
            enclave.fault = FakeEnclave.Fault.IGNORES_OPERATOR;
            assertThat(refusal(lenient).why()).startsWith("KEY_BINDING");
        }
    }

    @Test
    void showsARefusedVerdictToItsWitness() throws Exception {
        try (FakeEnclave _ = enclave(false)) {
            List<Attestation> seen = new ArrayList<>();
            refusal(() -> AttestedSession.open(strict, ENCLAVE, pins, operator, seen::add, NONE));
            assertThat(seen).hasSize(1);
            VerdictStore store = new VerdictStore(folder.resolve("verdicts"));
            VerdictStore.Entry entry = store.save(seen.getFirst());
            assertThat(store.list()).containsExactly(entry);
            assertThat(entry.trusted()).isFalse();
            Attestation loaded = store.load(entry.id());
            assertThat(loaded.pins()).contains("demo");
            assertThat(loaded.saved().isGenuine()).isTrue();
        }
    }

    @Test
    void tellsWhenSomebodyElseHasClaimed() throws Exception {
        try (FakeEnclave enclave = enclave(false)) {
            enclave.claimedBy(new byte[] {1});
            Problem problem = refusal(lenient);
            assertThat(problem.code()).isEqualTo("enclave.already-claimed");
            assertThat(problem.kind()).isEqualTo(Problem.Kind.REFUSED);
            assertThat(problem.remedy()).contains("Terminate");
        }
    }

    @Test
    void sameOperatorMayComeBack() throws Exception {
        try (FakeEnclave _ = enclave(false)) {
            AttestedSession.open(lenient, ENCLAVE, pins, operator, NONE).close();
            AttestedSession.open(lenient, ENCLAVE, pins, operator, NONE).close();
        }
    }

    @Test
    void inspectsWithoutClaiming() throws Exception {
        try (FakeEnclave _ = enclave(false)) {
            Attestation attestation = AttestedSession.inspect(strict, ENCLAVE, pins, NONE);
            assertThat(attestation.verdict().step(StepId.KEY_BINDING).status()).isEqualTo(VerdictStep.Status.PASSED);
        }
    }

    @Test
    void refusesAnotherKeyOnALaterConnection() throws Exception {
        FakeEnclave first = enclave(false);
        int port = first.port();
        try (AttestedSession session = AttestedSession.open(lenient, ENCLAVE, pins, operator, NONE)) {
            first.close();
            try (FakeEnclave _ = new FakeEnclave(false, port)) {
                Problem problem = problem(
                        () -> new PredictClient(session.client()).predict(jpeg(100), PredictOptions.DEFAULT, NONE));
                assertThat(problem.code()).isEqualTo("enclave.key-changed");
                assertThat(problem.kind()).isEqualTo(Problem.Kind.REFUSED);
            }
        }
    }

    @Test
    void reportsAnEnclaveThatDiesAndWorksWithTheNext() throws Exception {
        try (FakeEnclave enclave = enclave(false);
                AttestedSession session = AttestedSession.open(lenient, ENCLAVE, pins, operator, NONE)) {
            enclave.fault = FakeEnclave.Fault.DIES_ON_PREDICT;
            Problem problem =
                    problem(() -> new PredictClient(session.client()).predict(jpeg(100), PredictOptions.DEFAULT, NONE));
            assertThat(problem.code()).isEqualTo("enclave.gone");
            assertThat(problem.what()).contains("demo_1");
        }
        try (FakeEnclave _ = enclave(false);
                AttestedSession session = AttestedSession.open(lenient, ENCLAVE, pins, operator, NONE)) {
            assertThat(new PredictClient(session.client())
                            .predict(jpeg(100), PredictOptions.DEFAULT, NONE)
                            .results())
                    .hasSize(1);
        }
    }

    @Test
    void namesTheEnclaveThatIsNotThere() {
        EnclaveInfo absent =
                new EnclaveInfo("i-0-enc9", "ghost", 99, 2, List.of(), 512, EnclaveInfo.State.RUNNING, false, Map.of());
        Problem problem = problem(() -> AttestedSession.inspect(lenient, absent, pins, NONE));
        assertThat(problem.code()).isEqualTo("enclave.gone");
        assertThat(problem.what()).contains("ghost");
        assertThat(problem.why()).contains("parent-agent: enclave 99 does not answer on port 8443");
    }

    private static FakeEnclave enclave(boolean debug) throws Exception {
        FakeEnclave enclave = new FakeEnclave(debug);
        BashAgent.route(sshd.home(), CID, enclave.port());
        return enclave;
    }

    private static List<StepId> failed(AttestedSession session) {
        return session.verdict().steps().stream()
                .filter(step -> step.status() == VerdictStep.Status.FAILED)
                .map(VerdictStep::id)
                .toList();
    }

    private static Problem refusal(HostSession host) {
        return refusal(() -> AttestedSession.open(host, ENCLAVE, pins, operator, NONE));
    }

    private static Problem refusal(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        Problem problem = problem(call);
        assertThat(problem.kind()).isEqualTo(Problem.Kind.REFUSED);
        return problem;
    }

    private static Problem problem(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        return catchThrowableOfType(ConsoleException.class, call).problem();
    }

    private static ImageSource jpeg(int size) throws ConsoleException {
        byte[] content = Arrays.copyOf(new byte[] {(byte) 0xff, (byte) 0xd8, (byte) 0xff}, size);
        return ImageSource.ofBytes("photo.jpg", content);
    }

    private static HostSession connect(boolean allowUntrusted, Path archive) throws ConsoleException, IOException {
        KnownHosts hosts = KnownHosts.exactly(List.of(sshd.knownHostsLine("ed25519")));
        return HostSession.connect(
                sshd.entry(allowUntrusted),
                sshd.settings(hosts, Optional.of(archive)),
                HostKeyDecider.refuse(),
                PassphrasePrompt.none(),
                NONE);
    }
}
