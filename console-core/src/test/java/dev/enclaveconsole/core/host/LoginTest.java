package dev.enclaveconsole.core.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.enclaveconsole.core.failure.ConsoleException;
import dev.enclaveconsole.core.operation.OperationContext;
import dev.enclaveconsole.core.secrets.SecretStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Keys of all kinds against OpenSSH's server, from files and from OpenSSH's agent.
@Timeout(180)
class LoginTest {
    private static final String PASSPHRASE = "correct horse";

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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-t ed25519",
                "-t ecdsa -b 256",
                "-t ecdsa -b 521",
                "-t rsa -b 3072",
                "-t rsa -b 2048 -m PEM",
                "-t ecdsa -b 384 -m PEM",
                "-t rsa -b 2048 -m PKCS8",
                "-t ecdsa -b 256 -m PKCS8"
            })
    void acceptsKeysOfOpenSsh(String options, @TempDir Path keys) throws Exception {
        for (String passphrase : List.of("", PASSPHRASE)) {
            Path key = keys.resolve("key" + passphrase.length());
            run(("ssh-keygen -q " + options + " -C test -f " + key).split(" "), "-N", passphrase);
            sshd.authorize(Path.of(key + ".pub"));
            Files.delete(Path.of(key + ".pub"));
            login(key, answering(PASSPHRASE), settings()).close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ED25519", "RSA", "EC -pkeyopt ec_paramgen_curve:P-256"})
    void acceptsKeysOfOpenSsl(String algorithm, @TempDir Path keys) throws Exception {
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/openssl")), "openssl is not installed");
        for (String cipher : List.of("", " -aes256 -pass pass:correct")) {
            Path key = keys.resolve("key" + cipher.length());
            run(("openssl genpkey -quiet -out " + key + cipher + " -algorithm " + algorithm).split(" "));
            Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
            Path known = keys.resolve("key" + cipher.length() + ".authorized");
            Files.writeString(known, publicKey(key) + "\n");
            sshd.authorize(known);
            login(key, answering("correct"), settings()).close();
        }
    }

    @Test
    void usesKeysThatOnlyTheAgentHolds(@TempDir Path keys) throws Exception {
        for (String type : List.of("ed25519", "rsa", "ecdsa")) {
            Path key = keys.resolve(type);
            OpenSshServer.keygen(key, type, "");
            sshd.authorize(Path.of(key + ".pub"));
            try (Agent agent = Agent.start(keys.resolve(type + ".sock"))) {
                agent.add(key);
                Files.delete(key);
                SshSettings settings = settings().withKeyAgent(Optional.of(agent.socket()));
                login(key, PassphrasePrompt.none(), settings).close();
                HostEntry anyKey = new HostEntry(
                        "any", "127.0.0.1", sshd.port(), System.getProperty("user.name"), Optional.empty(), false);
                HostSession.connect(anyKey, settings, _ -> false, PassphrasePrompt.none(), OperationContext.none())
                        .close();
            }
        }
    }

    @Test
    void asksForNoPassphraseOfAKeyThatTheAgentHolds(@TempDir Path keys) throws Exception {
        try (Agent agent = Agent.start(keys.resolve("agent.sock"))) {
            Path open = keys.resolve("id_open");
            Files.copy(sshd.file("id_locked"), open);
            Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-------"));
            run(new String[] {"ssh-keygen", "-q", "-p", "-f", open.toString()}, "-P", PASSPHRASE, "-N", "");
            agent.add(open);
            SshSettings settings = settings().withKeyAgent(Optional.of(agent.socket()));
            login(sshd.file("id_locked"), PassphrasePrompt.none(), settings).close();
        }
    }

    @Test
    void offersNoOtherKeyOfTheAgentWhenToldSo(@TempDir Path keys) throws Exception {
        try (Agent agent = Agent.start(keys.resolve("agent.sock"))) {
            agent.add(sshd.file("id_ed25519"));
            SshSettings settings = settings().withKeyAgent(Optional.of(agent.socket()));
            HostEntry entry = sshd.entry("id_stranger", false)
                    .withSsh(new SshOptions(List.of(), true, List.of(), Optional.empty(), Optional.empty()));
            ConsoleException refused = catchThrowableOfType(
                    ConsoleException.class,
                    () -> HostSession.connect(
                            entry, settings, _ -> false, PassphrasePrompt.none(), OperationContext.none()));
            assertThat(refused.problem().code()).isEqualTo("host.login-refused");
            HostSession.connect(
                            sshd.entry("id_stranger", false),
                            settings,
                            _ -> false,
                            PassphrasePrompt.none(),
                            OperationContext.none())
                    .close();
        }
    }

    @Test
    void keepsAPassphraseOnlyWhenWanted() throws Exception {
        Map<String, String> kept = new HashMap<>();
        SshSettings settings = settings().withSecrets(new MemoryStore(kept));
        login(sshd.file("id_locked"), answering(PASSPHRASE), settings).close();
        assertThat(kept).isEmpty();
        PassphrasePrompt keeping = new PassphrasePrompt() {
            @Override
            public Optional<char[]> passphrase(Path keyFile, int attempt) {
                return Optional.of((attempt == 1 ? "wrong" : PASSPHRASE).toCharArray());
            }

            @Override
            public boolean keep(Path keyFile) {
                return true;
            }
        };
        login(sshd.file("id_locked"), keeping, settings).close();
        assertThat(kept).hasSize(1).containsValue(PASSPHRASE);
        login(sshd.file("id_locked"), PassphrasePrompt.none(), settings).close();
        kept.replaceAll((_, _) -> "changed meanwhile");
        login(sshd.file("id_locked"), answering(PASSPHRASE), settings).close();
        assertThat(kept).isEmpty();
    }

    private record MemoryStore(Map<String, String> kept) implements SecretStore {
        @Override
        public boolean isAvailable() {
            return true;
        }

        @Override
        public Optional<char[]> find(String name) {
            return Optional.ofNullable(kept.get(name)).map(String::toCharArray);
        }

        @Override
        public boolean keep(String name, char[] secret) {
            kept.put(name, new String(secret));
            return true;
        }

        @Override
        public boolean forget(String name) {
            kept.remove(name);
            return true;
        }
    }

    private static PassphrasePrompt answering(String passphrase) {
        return (_, attempt) -> attempt == 1 ? Optional.of(passphrase.toCharArray()) : Optional.empty();
    }

    private static HostSession login(Path key, PassphrasePrompt prompt, SshSettings settings) throws ConsoleException {
        HostEntry entry = new HostEntry(
                "test", "127.0.0.1", sshd.port(), System.getProperty("user.name"), Optional.of(key), false);
        return HostSession.connect(entry, settings, _ -> false, prompt, OperationContext.none());
    }

    private static SshSettings settings() throws IOException {
        return sshd.settings(KnownHosts.exactly(List.of(sshd.knownHostsLine("ed25519"))), Optional.empty());
    }

    /// As `authorized_keys` wants it; ssh-keygen does not read Ed25519 in PKCS#8.
    private static String publicKey(Path key) throws IOException {
        HostKey known = HostKey.of(
                Pkcs8Key.read(Files.readString(key), "correct".toCharArray()).getPublic());
        return known.type() + " " + known.base64();
    }

    private static void run(String[] command, String... more) throws IOException, InterruptedException {
        List<String> words = new java.util.ArrayList<>(List.of(command));
        words.addAll(List.of(more));
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
    }

    /// OpenSSH's own agent on a socket of the test.
    private record Agent(String socket, Process process) implements AutoCloseable {
        static Agent start(Path socket) throws IOException, InterruptedException {
            Process process = new ProcessBuilder("ssh-agent", "-D", "-a", socket.toString())
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            for (int i = 0; i < 100 && !Files.exists(socket); i++) {
                Thread.sleep(50);
            }
            return new Agent(socket.toString(), process);
        }

        void add(Path key) throws IOException, InterruptedException {
            ProcessBuilder add = new ProcessBuilder("ssh-add", "-q", key.toString());
            add.environment().put("SSH_AUTH_SOCK", socket);
            assertThat(add.start().waitFor()).isZero();
        }

        @Override
        public void close() {
            process.destroy();
        }
    }
}
