package dev.enclaveconsole.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.connection.channel.direct.Session;
import net.schmizz.sshj.sftp.SFTPClient;
import net.schmizz.sshj.transport.verification.PromiscuousVerifier;
import net.schmizz.sshj.userauth.UserAuthException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The sandbox as an SSH host.
@Timeout(120)
class SandboxHostTest {

    @TempDir
    static Path folder;

    private static SandboxHost host;
    private static Login login;

    @BeforeAll
    static void start() throws IOException {
        Path installation = StandIn.installation(folder);
        host = SandboxHost.start(new SandboxOptions(installation, null, new RunningSandboxes(folder.resolve("run"))));
        login = new Login(host);
    }

    @AfterAll
    static void stop() throws IOException {
        login.close();
        host.close();
        assertThat(host.home()).doesNotExist();
        assertThat(folder.resolve("run")).isEmptyDirectory();
    }

    @Test
    void runsCommandsWithSeparateStreamsAndExitCode() throws Exception {
        Login.Result result = login.run("echo out; echo err >&2; pwd; test -t 0 || echo no terminal; exit 7");
        assertThat(result.code()).isEqualTo(7);
        assertThat(result.output()).isEqualTo("out\n" + host.home() + "\nno terminal\n");
        assertThat(result.errors()).isEqualTo("err\n");
    }

    @Test
    void carriesInputToTheCommandUntilItsEnd() throws Exception {
        byte[] data = new byte[3 << 20];
        new Random(1).nextBytes(data);
        try (Session session = login.client().startSession()) {
            Session.Command command = session.exec("cat");
            Thread.startVirtualThread(() -> {
                try (var input = command.getOutputStream()) {
                    input.write(data);
                    input.flush(); // sshj's close drops what it still holds when the window is used up
                } catch (IOException _) {
                    // The assertion below tells.
                }
            });
            byte[] echoed = new byte[data.length];
            assertThat(command.getInputStream().readNBytes(echoed, 0, echoed.length))
                    .isEqualTo(data.length);
            assertThat(Arrays.equals(echoed, data)).isTrue();
            command.join();
            assertThat(command.getExitStatus()).isZero();
        }
    }

    @Test
    void losesNothingForAClientThatReadsLate() throws Exception {
        try (Session session = login.client().startSession()) {
            Session.Command command = session.exec("head -c 5000000 /dev/zero");
            Thread.sleep(2_000);
            assertThat(readAll(command.getInputStream())).hasSize(5_000_000);
            command.join();
            assertThat(command.getExitStatus()).isZero();
        }
    }

    @Test
    void tellsEndOfOutputWhileTheCommandStillRuns() throws Exception {
        try (Session session = login.client().startSession()) {
            Session.Command command = session.exec("echo done; exec >&- 2>&-; cat >/dev/null; exit 3");
            assertThat(new String(readAll(command.getInputStream()), StandardCharsets.UTF_8))
                    .isEqualTo("done\n");
            command.getOutputStream().close();
            command.join();
            assertThat(command.getExitStatus()).isEqualTo(3);
        }
    }

    @Test
    void endsTheWholeProcessGroupWithItsChannel() throws Exception {
        Path pids = host.home().resolve("pids");
        try (Session session = login.client().startSession()) {
            Session.Command command = session.exec("sleep 300 & echo $! $$ >pids; echo ready; wait");
            byte[] ready = new byte[6];
            assertThat(command.getInputStream().readNBytes(ready, 0, 6)).isEqualTo(6);
        }
        for (String pid : Files.readString(pids).strip().split(" ", -1)) {
            awaitEnd(Long.parseLong(pid));
        }
    }

    @Test
    void carriesFilesFromAndToTheHomeFolder() throws Exception {
        try (SFTPClient sftp = login.client().newSFTPClient()) {
            assertThat(sftp.canonicalize(".")).isEqualTo(host.home().toString());
            sftp.mkdirs("a/b");
            try (var file = sftp.open(
                    "a/b/file",
                    java.util.EnumSet.of(net.schmizz.sshj.sftp.OpenMode.CREAT, net.schmizz.sshj.sftp.OpenMode.WRITE))) {
                file.write(0, new byte[] {1, 2, 3}, 0, 3);
            }
            sftp.chmod("a/b/file", 0700);
            assertThat(host.home().resolve("a/b/file")).hasBinaryContent(new byte[] {1, 2, 3});
            assertThat(sftp.stat(host.home().resolve("a/b/file").toString()).getSize())
                    .isEqualTo(3);
            assertThat(Files.isExecutable(host.home().resolve("a/b/file"))).isTrue();
        }
    }

    @Test
    void forwardsToLoopbackOnly() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
            Thread.startVirtualThread(() -> {
                try (Socket peer = server.accept()) {
                    peer.getOutputStream().write("hi".getBytes(StandardCharsets.UTF_8));
                } catch (IOException _) {
                    // The assertion below tells.
                }
            });
            try (var channel = login.client().newDirectConnection("127.0.0.1", server.getLocalPort())) {
                assertThat(new String(readAll(channel.getInputStream()), StandardCharsets.UTF_8))
                        .isEqualTo("hi");
            }
        }
        assertThat(catchThrowable(() -> login.client().newDirectConnection("192.0.2.1", 80)))
                .isInstanceOf(IOException.class);
    }

    @Test
    void letsNobodyElseIn() throws Exception {
        try (SSHClient stranger = new SSHClient()) {
            stranger.addHostKeyVerifier(new PromiscuousVerifier());
            stranger.connect("127.0.0.1", host.port());
            assertThat(catchThrowable(() -> stranger.authPassword(host.user(), "")))
                    .isInstanceOf(UserAuthException.class);
            assertThat(catchThrowable(() ->
                            stranger.authPublickey("root", host.identityFile().toString())))
                    .isInstanceOf(UserAuthException.class);
        }
    }

    @Test
    void keepsItsFilesToThisUser() throws Exception {
        assertThat(Files.getPosixFilePermissions(host.identityFile()))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(Files.getPosixFilePermissions(host.home().getParent()))
                .isEqualTo(PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void isFoundByOtherConsolesOfThisUser() {
        RunningSandbox found =
                new RunningSandboxes(folder.resolve("run")).find().orElseThrow();
        assertThat(found.port()).isEqualTo(host.port());
        assertThat(found.identityFile()).isEqualTo(host.identityFile());
        assertThat(found.knownHostsLine()).isEqualTo(host.knownHostsLine());
    }

    private static byte[] readAll(InputStream stream) throws IOException {
        var bytes = new java.io.ByteArrayOutputStream();
        stream.transferTo(bytes);
        return bytes.toByteArray();
    }

    static void awaitEnd(long pid) throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false)) {
            assertThat(System.nanoTime()).as("process %d still lives", pid).isLessThan(deadline);
            Thread.sleep(50);
        }
    }
}
