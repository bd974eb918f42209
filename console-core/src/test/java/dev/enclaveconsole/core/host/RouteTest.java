package dev.enclaveconsole.core.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.enclaveconsole.core.failure.ConsoleException;
import dev.enclaveconsole.core.failure.Problem;
import dev.enclaveconsole.core.operation.OperationContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Ways to a host over other hosts, proxy commands and certificates, with two of OpenSSH's servers.
@Timeout(180)
class RouteTest {
    private static final OperationContext NONE = OperationContext.none();

    @TempDir
    static Path folder;

    private static OpenSshServer outer;
    private static OpenSshServer inner;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        outer = OpenSshServer.start(folder.resolve("outer"));
        inner = OpenSshServer.start(folder.resolve("inner"));
    }

    @AfterAll
    static void stop() {
        if (outer != null) {
            outer.close();
        }
        if (inner != null) {
            inner.close();
        }
    }

    @Test
    void remembersEachHopUnderItsOwnName(@TempDir Path state) throws ConsoleException, IOException {
        Path file = state.resolve("known_hosts");
        List<String> asked = new ArrayList<>();
        HostKeyDecider accept = question -> asked.add(question.host());
        HostEntry entry = throughOuter(Optional.of("the-inner-host"));
        try (HostSession session = HostSession.connect(
                entry, settings(KnownHosts.inFiles(file, List.of())), accept, PassphrasePrompt.none(), NONE)) {
            assertThat(session.run(List.of("pwd"), NONE).stdout().strip())
                    .isEqualTo(inner.home().toString());
        }
        assertThat(asked).containsExactly("127.0.0.1:" + outer.port(), "127.0.0.1:" + inner.port());
        assertThat(Files.readString(file))
                .isEqualTo(outer.knownHostsLine("ed25519") + "\nthe-inner-host " + inner.hostKey("ed25519") + "\n");
    }

    @Test
    void stopsAtAHopWhoseKeyChanged() throws IOException {
        KnownHosts hosts = KnownHosts.exactly(List.of(
                "[127.0.0.1]:" + outer.port() + " " + inner.hostKey("ed25519"), inner.knownHostsLine("ed25519")));
        Problem problem = problem(throughOuter(Optional.empty()), hosts);
        assertThat(problem.code()).isEqualTo("host.key-changed");
        assertThat(problem.what()).contains(":" + outer.port());
    }

    @Test
    void saysWhichHostCannotBeReachedThroughTheOther() throws IOException {
        HostEntry gone = new HostEntry("gone", "127.0.0.1", 1, "x", Optional.empty(), false)
                .withSsh(throughOuter(Optional.empty()).ssh());
        Problem problem = problem(gone, KnownHosts.exactly(List.of(outer.knownHostsLine("ed25519"))));
        assertThat(problem.code()).isEqualTo("host.unreachable");
        assertThat(problem.what()).contains("gone").contains("through");
    }

    @Test
    void connectsByAProxyCommand() throws ConsoleException, IOException {
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/ssh")), "ssh is not installed");
        String command = "ssh -q -F none -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -i "
                + outer.file("id_ed25519") + " -p " + outer.port() + " -W %h:%p 127.0.0.1";
        HostEntry entry = inner.entry(false)
                .withSsh(new SshOptions(List.of(), false, List.of(), Optional.of(command), Optional.empty()));
        KnownHosts hosts = KnownHosts.exactly(List.of(inner.knownHostsLine("ed25519")));
        try (HostSession session =
                HostSession.connect(entry, settings(hosts), _ -> false, PassphrasePrompt.none(), NONE)) {
            assertThat(session.run(List.of("pwd"), NONE).stdout().strip())
                    .isEqualTo(inner.home().toString());
        }
    }

    @Test
    void showsWhatAFailedProxyCommandSaid() {
        HostEntry entry = inner.entry(false)
                .withSsh(new SshOptions(
                        List.of(),
                        false,
                        List.of(),
                        Optional.of("echo no session for %h:%p >&2; exit 255"),
                        Optional.empty()));
        Problem problem = problem(entry, KnownHosts.exactly(List.of()));
        assertThat(problem.code()).isEqualTo("host.proxy-command");
        assertThat(problem.why()).contains("no session for 127.0.0.1:" + inner.port());
    }

    @Test
    void neverPastesAnAddressThatAShellWouldMisread() {
        HostEntry entry = new HostEntry("x", "a;id", 22, "u", Optional.empty(), false)
                .withSsh(new SshOptions(List.of(), false, List.of(), Optional.of("nc %h %p"), Optional.empty()));
        assertThat(problem(entry, KnownHosts.exactly(List.of())).code()).isEqualTo("host.proxy-command");
    }

    @Test
    void acceptsACertificateOfAKnownAuthority(@TempDir Path keys) throws Exception {
        Path authority = keys.resolve("ca");
        OpenSshServer.keygen(authority, "ed25519", "");
        String line = "@cert-authority * " + publicKey(authority);
        try (OpenSshServer signed = OpenSshServer.start(keys.resolve("signed"))) {
            for (String type : List.of("ed25519", "rsa", "ecdsa")) {
                certify(authority, signed, type, "127.0.0.1");
                signed.presentHostKey(type, "HostCertificate " + signed.file("host_" + type + "-cert.pub"));
                connect(signed, KnownHosts.exactly(List.of(line))).close();
                assertThat(problem(
                                        signed.entry(false),
                                        KnownHosts.exactly(List.of(line, "@revoked * " + publicKey(authority))))
                                .code())
                        .isEqualTo("host.key-revoked");
                assertThat(problem(signed.entry(false), KnownHosts.exactly(List.of()))
                                .code())
                        .isEqualTo("host.key-unknown");
                connect(signed, KnownHosts.exactly(List.of(signed.knownHostsLine(type))))
                        .close();
            }
        }
    }

    @Test
    void refusesACertificateOfAnotherHost(@TempDir Path keys) throws Exception {
        Path authority = keys.resolve("ca");
        OpenSshServer.keygen(authority, "ed25519", "");
        try (OpenSshServer signed = OpenSshServer.start(keys.resolve("signed"))) {
            certify(authority, signed, "ed25519", "elsewhere.example.com");
            signed.presentHostKey("ed25519", "HostCertificate " + signed.file("host_ed25519-cert.pub"));
            KnownHosts hosts = KnownHosts.exactly(List.of("@cert-authority * " + publicKey(authority)));
            Problem problem = problem(signed.entry(false), hosts);
            assertThat(problem.code()).isEqualTo("host.certificate-refused");
            assertThat(problem.why()).contains("elsewhere.example.com");
            connect(signed.entry(false).withSsh(alias("elsewhere.example.com")), hosts)
                    .close();
        }
    }

    @Test
    void asksForTheKindOfKeyThatIsKnown(@TempDir Path keys) throws Exception {
        try (OpenSshServer many = OpenSshServer.start(
                keys, "HostKey " + keys.resolve("host_rsa"), "HostKey " + keys.resolve("host_ecdsa"))) {
            for (String type : List.of("rsa", "ecdsa", "ed25519")) {
                connect(many, KnownHosts.exactly(List.of(many.knownHostsLine(type))))
                        .close();
            }
        }
    }

    private static SshOptions alias(String name) {
        return new SshOptions(List.of(), false, List.of(), Optional.empty(), Optional.of(name));
    }

    private static void certify(Path authority, OpenSshServer server, String type, String principal)
            throws IOException, InterruptedException {
        Process sign = new ProcessBuilder(
                        "ssh-keygen",
                        "-q",
                        "-s",
                        authority.toString(),
                        "-I",
                        "test",
                        "-h",
                        "-n",
                        principal,
                        server.file("host_" + type + ".pub").toString())
                .start();
        assertThat(sign.waitFor()).isZero();
    }

    private static String publicKey(Path key) throws IOException {
        return Files.readString(Path.of(key + ".pub")).strip();
    }

    private static HostEntry throughOuter(Optional<String> hostKeyName) {
        SshHop jump = new SshHop(
                "outer",
                "127.0.0.1",
                outer.port(),
                System.getProperty("user.name"),
                List.of(outer.file("id_ed25519")),
                true,
                Optional.empty(),
                Optional.empty());
        return inner.entry(false)
                .withSsh(new SshOptions(List.of(), false, List.of(jump), Optional.empty(), hostKeyName));
    }

    private static HostSession connect(OpenSshServer server, KnownHosts hosts) throws ConsoleException {
        return connect(server.entry(false), hosts);
    }

    private static HostSession connect(HostEntry entry, KnownHosts hosts) throws ConsoleException {
        return HostSession.connect(entry, settings(hosts), _ -> false, PassphrasePrompt.none(), NONE);
    }

    private static SshSettings settings(KnownHosts hosts) {
        return inner.settings(hosts, Optional.empty());
    }

    private static Problem problem(HostEntry entry, KnownHosts hosts) {
        return catchThrowableOfType(
                        ConsoleException.class, () -> connect(entry, hosts).close())
                .problem();
    }
}
