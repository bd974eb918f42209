package dev.enclaveconsole.core.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.enclaveconsole.core.failure.ConsoleException;
import dev.enclaveconsole.core.failure.Problem;
import dev.enclaveconsole.core.operation.Operation;
import dev.enclaveconsole.core.operation.OperationContext;
import dev.enclaveconsole.core.operation.OperationRunner;
import dev.enclaveconsole.core.operation.Outcome;
import dev.enclaveconsole.core.operation.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class HostSessionTest {
    private static final OperationContext NONE = OperationContext.none();

    @TempDir
    static Path folder;

    private static OpenSshServer sshd;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        sshd = OpenSshServer.start(folder);
    }

    @AfterAll
    static void stop() {
        if (sshd != null) {
            sshd.close();
        }
    }

    @Test
    void keepsOutputErrorAndExitCodeApart() throws ConsoleException, IOException {
        try (HostSession session = connect()) {
            CommandResult result = session.run(List.of("sh", "-c", "echo out; echo err >&2; exit 7"), NONE);
            assertThat(result.stdout()).isEqualTo("out\n");
            assertThat(result.stderr()).isEqualTo("err\n");
            assertThat(result.exitCode()).isEqualTo(7);
        }
    }

    @Test
    void quotesEveryArgument() throws ConsoleException, IOException {
        try (HostSession session = connect()) {
            List<String> nasty = List.of("a b", "'", "\"$HOME\"", "$(id)", "`id`", "*", ";", "\\", "ü", "");
            List<String> command = new ArrayList<>(List.of("printf", "%s\\n"));
            command.addAll(nasty);
            assertThat(session.run(command, NONE).stdout().lines().toList()).isEqualTo(nasty);
        }
    }

    @Test
    void drainsBothStreamsAtOnce() throws ConsoleException, IOException {
        try (HostSession session = connect()) {
            String noisy = "head -c 5000000 /dev/zero >&2; head -c 5000000 /dev/zero; echo done";
            CommandResult result = session.run(List.of("sh", "-c", noisy), NONE);
            assertThat(result.stdout()).hasSize(5_000_005).endsWith("done\n");
            assertThat(result.stderr()).hasSize(5_000_000);
        }
    }

    @Test
    void recordsCommandsAsAScript() throws ConsoleException, IOException {
        try (HostSession session = connect()) {
            session.run(List.of("echo", "a b"), NONE);
            session.run(List.of("false"), NONE);
            assertThat(session.commands())
                    .extracting(RecordedCommand::commandLine, RecordedCommand::exitCode)
                    .containsExactly(
                            org.assertj.core.groups.Tuple.tuple("echo 'a b'", OptionalInt.of(0)),
                            org.assertj.core.groups.Tuple.tuple("false", OptionalInt.of(1)));
            assertThat(session.commands().getFirst().stdout()).isEqualTo("a b\n");
            assertThat(session.script())
                    .startsWith("#!/bin/sh\n")
                    .containsPattern("# .*Z, exit code 0 after \\d+ ms\necho 'a b'\n")
                    .containsPattern("# .*Z, exit code 1 after \\d+ ms\nfalse\n$");
        }
    }

    @Test
    void streamsLinesUntilCancelled() throws Exception {
        try (HostSession session = connect();
                OperationRunner runner = OperationRunner.onVirtualThreads()) {
            CountDownLatch first = new CountDownLatch(1);
            List<String> command = List.of("sh", "-c", "echo ready; exec sleep 600");
            Operation<CommandResult> running =
                    runner.start("stream", context -> session.stream(command, _ -> first.countDown(), context));
            assertThat(first.await(30, TimeUnit.SECONDS)).isTrue();
            Instant start = Instant.now();
            running.cancel();
            assertThat(running.await()).isInstanceOf(Outcome.Cancelled.class);
            assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(5));
            assertThat(session.run(List.of("echo", "still here"), NONE).stdout())
                    .isEqualTo("still here\n");
        }
    }

    @Test
    void cancelsACommandInTheMiddleOfItsOutput() throws Exception {
        try (HostSession session = connect();
                OperationRunner runner = OperationRunner.onVirtualThreads()) {
            CountDownLatch many = new CountDownLatch(10_000);
            Operation<CommandResult> running =
                    runner.start("stream", context -> session.stream(List.of("yes"), _ -> many.countDown(), context));
            assertThat(many.await(30, TimeUnit.SECONDS)).isTrue();
            running.cancel();
            assertThat(running.await()).isInstanceOf(Outcome.Cancelled.class);
            assertThat(session.run(List.of("echo", "still here"), NONE).stdout())
                    .isEqualTo("still here\n");
            assertThat(session.isConnected()).isTrue();
        }
    }

    @Test
    void uploadsWholeFilesWithProgress() throws ConsoleException, IOException {
        Path file = folder.resolve("big.bin");
        byte[] content = new byte[3_000_000];
        new java.util.Random(1).nextBytes(content);
        Files.write(file, content);
        List<Progress> reports = new ArrayList<>();
        OperationContext listening = new OperationContext() {
            @Override
            public void report(Progress progress) {
                reports.add(progress);
            }

            @Override
            public void checkCancelled() {}

            @Override
            public Registration onCancel(Runnable action) {
                return () -> {};
            }
        };
        try (HostSession session = connect()) {
            session.upload(file, "deep/er/big.bin", listening);
        }
        assertThat(sshd.home().resolve("deep/er/big.bin")).hasBinaryContent(content);
        assertThat(sshd.home().resolve("deep/er")).isDirectoryNotContaining("glob:**.part-*");
        assertThat(reports.getLast())
                .isEqualTo(new Progress("Uploading big.bin", content.length, content.length, Progress.Unit.BYTES));
    }

    @Test
    void asksAboutAnUnknownKeyOnceAndRemembersIt(@TempDir Path state) throws ConsoleException, IOException {
        KnownHosts hosts = KnownHosts.inFiles(state.resolve("known_hosts"), List.of());
        List<HostKeyDecider.Question> asked = new ArrayList<>();
        HostKeyDecider accept = question -> {
            asked.add(question);
            return true;
        };
        connect(hosts, accept).close();
        connect(hosts, accept).close();
        assertThat(asked).hasSize(1);
        assertThat(asked.getFirst().sha256()).startsWith("SHA256:");
        assertThat(asked.getFirst().randomart()).contains("[ED25519 256]");
        assertThat(asked.getFirst().host()).isEqualTo("127.0.0.1:" + sshd.port());
    }

    @Test
    void refusesAnUnknownKeyThatNobodyAccepts(@TempDir Path state) {
        KnownHosts hosts = KnownHosts.inFiles(state.resolve("known_hosts"), List.of());
        Problem problem = problem(() -> connect(hosts, HostKeyDecider.refuse()));
        assertThat(problem.code()).isEqualTo("host.key-unknown");
        assertThat(problem.kind()).isEqualTo(Problem.Kind.REFUSED);
        assertThat(state.resolve("known_hosts")).doesNotExist();
    }

    @Test
    void stopsHardWhenTheKeyChanged(@TempDir Path state) throws IOException {
        Path file = state.resolve("known_hosts");
        Files.writeString(file, "[127.0.0.1]:" + sshd.port() + " " + sshd.hostKey("rsa") + "\n");
        Problem problem = problem(() -> connect(KnownHosts.inFiles(file, List.of()), _ -> true));
        assertThat(problem.code()).isEqualTo("host.key-changed");
        assertThat(problem.kind()).isEqualTo(Problem.Kind.REFUSED);
        assertThat(problem.why()).contains("ssh-rsa SHA256:").contains("ssh-ed25519 SHA256:");
        assertThat(problem.remedy()).contains(file.toString());
    }

    @Test
    void refusesARevokedKey() throws IOException {
        List<String> lines = List.of(sshd.knownHostsLine("ed25519"), "@revoked " + sshd.knownHostsLine("ed25519"));
        assertThat(problem(() -> connect(KnownHosts.exactly(lines), _ -> true)).code())
                .isEqualTo("host.key-revoked");
    }

    @Test
    void explainsARefusedLoginKey() {
        Problem problem = problem(() -> HostSession.connect(
                sshd.entry("id_stranger", false), settings(), _ -> false, PassphrasePrompt.none(), NONE));
        assertThat(problem.code()).isEqualTo("host.login-refused");
        assertThat(problem.why()).contains("id_stranger").contains("publickey");
    }

    @Test
    void opensAProtectedKeyWithItsPassphraseOnly() throws ConsoleException, IOException {
        HostEntry entry = sshd.entry("id_locked", false);
        assertThat(problem(() -> HostSession.connect(entry, settings(), _ -> false, PassphrasePrompt.none(), NONE))
                        .code())
                .isEqualTo("host.identity-protected");
        Problem wrong = problem(() -> HostSession.connect(
                entry, settings(), _ -> false, (_, _) -> Optional.of("battery staple".toCharArray()), NONE));
        assertThat(wrong.code()).isEqualTo("host.identity-protected");
        assertThat(wrong.sentence()).doesNotContain("battery");
        PassphrasePrompt secondTime =
                (_, attempt) -> Optional.of((attempt == 1 ? "wrong" : "correct horse").toCharArray());
        try (HostSession session = HostSession.connect(entry, settings(), _ -> false, secondTime, NONE)) {
            assertThat(session.isConnected()).isTrue();
        }
    }

    @Test
    void namesTheHostThatCannotBeReached() {
        HostEntry entry = new HostEntry("gone", "127.0.0.1", 1, "x", Optional.of(sshd.file("id_ed25519")), false);
        Problem problem =
                problem(() -> HostSession.connect(entry, settings(), _ -> true, PassphrasePrompt.none(), NONE));
        assertThat(problem.code()).isEqualTo("host.unreachable");
        assertThat(problem.what()).contains("gone").contains("127.0.0.1:1");
    }

    @Test
    void makesABrokenConnectionAnew() throws ConsoleException, IOException, InterruptedException {
        try (HostSession session = connect()) {
            List<LinkState> states = new java.util.concurrent.CopyOnWriteArrayList<>();
            session.onState(states::add);
            Problem problem = problem(() -> session.run(List.of("sh", "-c", "kill -9 $(ps -o ppid= -p $PPID)"), NONE));
            assertThat(problem.code()).isEqualTo("host.connection-lost");
            assertThat(session.run(List.of("echo", "back"), NONE).stdout()).isEqualTo("back\n");
            assertThat(states).containsExactly(LinkState.RECONNECTING, LinkState.CONNECTED);
            assertThat(session.isConnected()).isTrue();
        }
    }

    @Test
    void endsWhenTheHostStaysAway(@TempDir Path elsewhere) throws Exception {
        OpenSshServer other = OpenSshServer.start(elsewhere);
        SshSettings impatient = other.settings(
                        KnownHosts.exactly(List.of(other.knownHostsLine("ed25519"))), Optional.empty())
                .reconnectingFor(Duration.ofSeconds(1));
        HostSession session =
                HostSession.connect(other.entry(false), impatient, _ -> false, PassphrasePrompt.none(), NONE);
        CountDownLatch closed = new CountDownLatch(1);
        session.onClosed(closed::countDown);
        other.close();
        other.dropConnections();
        assertThat(closed.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(session.isConnected()).isFalse();
        assertThat(problem(() -> session.run(List.of("true"), NONE)).code()).isEqualTo("host.connection-lost");
        assertThat(problem(() -> session.upload(sshd.file("sshd_config"), "x", NONE))
                        .code())
                .isEqualTo("host.connection-lost");
    }

    @Test
    void opensAnotherConnectionWhereSessionsAreLimited(@TempDir Path elsewhere) throws Exception {
        try (OpenSshServer other = OpenSshServer.start(elsewhere, "MaxSessions 2");
                HostSession session = HostSession.connect(
                        other.entry(false),
                        other.settings(KnownHosts.exactly(List.of(other.knownHostsLine("ed25519"))), Optional.empty()),
                        _ -> false,
                        PassphrasePrompt.none(),
                        NONE)) {
            CountDownLatch started = new CountDownLatch(5);
            List<Thread> threads = new ArrayList<>();
            List<String> ended = new java.util.concurrent.CopyOnWriteArrayList<>();
            List<String> command = List.of("sh", "-c", "echo up; while [ ! -e go ]; do sleep 0.1; done; echo down");
            for (int i = 0; i < 5; i++) {
                threads.add(Thread.startVirtualThread(() -> {
                    try {
                        session.stream(
                                command,
                                line -> {
                                    if (line.equals("up")) {
                                        started.countDown();
                                    } else {
                                        ended.add(line);
                                    }
                                },
                                NONE);
                    } catch (ConsoleException e) {
                        ended.add(e.problem().sentence());
                    }
                }));
            }
            assertThat(started.await(60, TimeUnit.SECONDS)).as("%s", ended).isTrue();
            Files.createFile(other.home().resolve("go"));
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(ended).hasSize(5).containsOnly("down");
        }
    }

    @Test
    void showsWeakAlgorithms(@TempDir Path elsewhere) throws Exception {
        try (OpenSshServer other = OpenSshServer.start(elsewhere, "MACs hmac-sha1", "Ciphers aes128-ctr");
                HostSession weak = HostSession.connect(
                        other.entry(false),
                        other.settings(KnownHosts.exactly(List.of(other.knownHostsLine("ed25519"))), Optional.empty()),
                        _ -> false,
                        PassphrasePrompt.none(),
                        NONE);
                HostSession strong = connect()) {
            assertThat(weak.negotiated().weaknesses())
                    .containsExactly("The message authentication hmac-sha1 uses SHA-1.");
            assertThat(strong.negotiated().weaknesses()).isEmpty();
            assertThat(strong.negotiated().describe()).contains("aes256-gcm@openssh.com");
        }
    }

    @Test
    void namesWhatARetiredHostOffers(@TempDir Path elsewhere) throws Exception {
        try (OpenSshServer other = OpenSshServer.start(elsewhere, "KexAlgorithms diffie-hellman-group14-sha1")) {
            Problem problem = problem(() ->
                    HostSession.connect(other.entry(false), settings(), _ -> true, PassphrasePrompt.none(), NONE));
            assertThat(problem.code()).isEqualTo("host.algorithms");
            assertThat(problem.why()).contains("diffie-hellman-group14-sha1");
        }
    }

    @Test
    void replacesAChangedKeyOnlyWhenToldTo(@TempDir Path state) throws Exception {
        Path file = state.resolve("known_hosts");
        Path shared = state.resolve("shared");
        String old = "[127.0.0.1]:" + sshd.port() + " " + sshd.hostKey("rsa") + "\n";
        Files.writeString(file, "example.org " + sshd.hostKey("rsa") + "\n" + old);
        Files.writeString(shared, old);
        KnownHosts hosts = KnownHosts.inFiles(file, List.of(shared));
        List<HostKeyDecider.Change> changes = new ArrayList<>();
        HostKeyDecider typed = new HostKeyDecider() {
            @Override
            public boolean trust(Question question) {
                return false;
            }

            @Override
            public boolean replace(Change change) {
                changes.add(change);
                return true;
            }
        };
        connect(hosts, typed).close();
        connect(hosts, HostKeyDecider.refuse()).close();
        assertThat(changes).hasSize(1);
        assertThat(changes.getFirst().known().getFirst().keyType()).isEqualTo("ssh-rsa");
        assertThat(changes.getFirst().presented().keyType()).isEqualTo("ssh-ed25519");
        assertThat(Files.readString(file))
                .isEqualTo("example.org " + sshd.hostKey("rsa") + "\n" + sshd.knownHostsLine("ed25519") + "\n");
        assertThat(Files.readString(shared)).isEqualTo(old);
    }

    private static HostSession connect() throws ConsoleException, IOException {
        return connect(KnownHosts.exactly(List.of(sshd.knownHostsLine("ed25519"))), HostKeyDecider.refuse());
    }

    private static HostSession connect(KnownHosts hosts, HostKeyDecider decider) throws ConsoleException {
        return HostSession.connect(
                sshd.entry(false), sshd.settings(hosts, Optional.empty()), decider, PassphrasePrompt.none(), NONE);
    }

    private static SshSettings settings() throws ConsoleException {
        try {
            return sshd.settings(KnownHosts.exactly(List.of(sshd.knownHostsLine("ed25519"))), Optional.empty());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Problem problem(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        return catchThrowableOfType(ConsoleException.class, call).problem();
    }
}
