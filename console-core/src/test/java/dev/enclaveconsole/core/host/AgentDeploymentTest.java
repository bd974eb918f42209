package dev.enclaveconsole.core.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.enclaveconsole.core.failure.ConsoleException;
import dev.enclaveconsole.core.operation.OperationContext;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.SocketFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class AgentDeploymentTest {
    private static final OperationContext NONE = OperationContext.none();

    @TempDir
    static Path folder;

    private static OpenSshServer sshd;
    private static Path archive;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        sshd = OpenSshServer.start(folder);
        archive = BashAgent.archive(folder);
    }

    @AfterAll
    static void stop() {
        if (sshd != null) {
            sshd.close();
        }
    }

    @Test
    void installsTheAgentOnce() throws ConsoleException, IOException {
        String launcher;
        try (HostSession session = connect(archive)) {
            launcher = session.agent().ensure(NONE);
            assertThat(session.run(List.of(launcher, "version"), NONE).stdout()).isEqualTo("test\n");
        }
        try (HostSession session = connect(archive)) {
            assertThat(session.agent().ensure(NONE)).isEqualTo(launcher);
            assertThat(session.commands()).hasSize(1);
        }
        try (Stream<Path> left = Files.list(sshd.home().resolve(".enclave-console/agent"))) {
            assertThat(left).hasSize(1);
        }
    }

    @Test
    void refusesADamagedArchive(@TempDir Path other) throws ConsoleException, IOException {
        Path damaged = Files.copy(archive, other.resolve("agent.tar.gz"));
        Files.writeString(other.resolve("agent.tar.gz.sha256"), "0".repeat(64) + "  agent.tar.gz\n");
        try (HostSession session = connect(damaged)) {
            assertThatThrownBy(() -> session.agent().ensure(NONE))
                    .isInstanceOfSatisfying(
                            ConsoleException.class,
                            e -> assertThat(e.problem().code()).isEqualTo("agent.digest-differs"));
        }
    }

    @Test
    void carriesBytesToAnEnclave() throws Exception {
        try (HostSession session = connect(archive);
                ServerSocket enclave = new ServerSocket(0)) {
            BashAgent.route(sshd.home(), 16, enclave.getLocalPort());
            SocketFactory sockets = session.enclaveSockets(16, 8443, NONE);
            Thread echo = Thread.startVirtualThread(() -> echo(enclave));
            try (Socket socket = sockets.createSocket()) {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 5000);
                byte[] message = "x".repeat(200_000).getBytes(StandardCharsets.UTF_8);
                Thread.startVirtualThread(() -> write(socket, message));
                assertThat(socket.getInputStream().readNBytes(message.length)).isEqualTo(message);
                socket.setSoTimeout(1);
                assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
                write(socket, new byte[] {42});
                socket.setSoTimeout(20_000);
                assertThat(socket.getInputStream().read()).isEqualTo(42);
            }
            echo.join();
        }
    }

    @Test
    void closingWakesABlockedReader() throws Exception {
        try (HostSession session = connect(archive);
                ServerSocket enclave = new ServerSocket(0)) {
            BashAgent.route(sshd.home(), 17, enclave.getLocalPort());
            Socket socket = session.enclaveSockets(17, 8443, NONE).createSocket("", 0);
            Thread reader = Thread.startVirtualThread(() -> {
                try {
                    assertThat(socket.getInputStream().read()).isEqualTo(-1);
                } catch (IOException e) {
                    assertThat(e).hasMessageContaining("closed");
                }
            });
            Thread.sleep(300);
            socket.close();
            assertThat(reader.join(java.time.Duration.ofSeconds(5))).isTrue();
        }
    }

    @Test
    void tellsWhatTheAgentSaidWhenTheEnclaveDoesNotAnswer() throws Exception {
        try (HostSession session = connect(archive);
                Socket socket = session.enclaveSockets(99, 8443, NONE).createSocket("", 0)) {
            assertThatThrownBy(() -> socket.getInputStream().read())
                    .isInstanceOf(AgentException.class)
                    .hasMessage("parent-agent: enclave 99 does not answer on port 8443");
        }
    }

    private static HostSession connect(Path agent) throws ConsoleException, IOException {
        KnownHosts hosts = KnownHosts.exactly(List.of(sshd.knownHostsLine("ed25519")));
        return HostSession.connect(
                sshd.entry(false),
                sshd.settings(hosts, Optional.of(agent)),
                HostKeyDecider.refuse(),
                PassphrasePrompt.none(),
                NONE);
    }

    private static void echo(ServerSocket server) {
        try (Socket peer = server.accept()) {
            byte[] buffer = new byte[65536];
            int n;
            while ((n = peer.getInputStream().read(buffer)) > 0) {
                peer.getOutputStream().write(buffer, 0, n);
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void write(Socket socket, byte[] message) {
        try {
            socket.getOutputStream().write(message);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
