package dev.enclaveconsole.core.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.enclaveconsole.core.failure.ConsoleException;
import dev.enclaveconsole.core.operation.OperationContext;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class TunnelsTest {
    @TempDir
    static Path folder;

    private static OpenSshServer sshd;
    private static HostSession session;
    private static ServerSocket echo;

    @BeforeAll
    static void start() throws Exception {
        sshd = OpenSshServer.start(folder);
        session = HostSession.connect(
                sshd.entry(false),
                sshd.settings(KnownHosts.exactly(List.of(sshd.knownHostsLine("ed25519"))), Optional.empty()),
                _ -> false,
                PassphrasePrompt.none(),
                OperationContext.none());
        echo = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.startVirtualThread(TunnelsTest::serveEcho);
    }

    @AfterAll
    static void stop() throws IOException {
        if (session != null) {
            session.close();
        }
        if (sshd != null) {
            sshd.close();
        }
        if (echo != null) {
            echo.close();
        }
    }

    @Test
    void carriesBytesBothWaysAndCounts() throws Exception {
        Tunnel tunnel = session.tunnels().open(TunnelSpec.parse("0:" + echo.getLocalPort()));
        byte[] request = new byte[200_000];
        new java.util.Random(1).nextBytes(request);
        assertThat(exchange(tunnel, request)).isEqualTo(request);
        Tunnel after = current(tunnel);
        assertThat(after.state()).isEqualTo(Tunnel.State.OPEN);
        assertThat(after.sent()).isEqualTo(request.length);
        assertThat(after.received()).isEqualTo(request.length);
        assertThat(session.tunnels().close(tunnel.spec().localPort())).isTrue();
        assertThat(answers(tunnel, request)).isFalse();
    }

    /// The port's last moment may let a connection in, which is then closed without an answer.
    private static boolean answers(Tunnel tunnel, byte[] request) {
        try {
            return exchange(tunnel, request).length > 0;
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void survivesABrokenConnection() throws Exception {
        Tunnel tunnel = session.tunnels().open(TunnelSpec.parse("127.0.0.1:" + echo.getLocalPort()));
        byte[] request = "still there".getBytes(StandardCharsets.UTF_8);
        assertThat(exchange(tunnel, request)).isEqualTo(request);
        sshd.dropConnections();
        awaitConnection();
        assertThat(exchange(tunnel, request)).isEqualTo(request);
    }

    /// A command that meets the connection in its last moment fails with it; the next one has a new connection.
    private static void awaitConnection() throws Exception {
        for (int attempt = 0; ; attempt++) {
            try {
                session.run(List.of("true"), OperationContext.none());
                return;
            } catch (ConsoleException e) {
                if (attempt == 20) {
                    throw e;
                }
                Thread.sleep(200);
            }
        }
    }

    @Test
    void goesOnListeningAfterARefusedTarget() throws Exception {
        Tunnel tunnel = session.tunnels().open(new TunnelSpec(0, "127.0.0.1", 1));
        for (int i = 0; i < 3; i++) {
            assertThat(exchange(tunnel, new byte[] {1})).isEmpty();
        }
        assertThat(current(tunnel).state()).isEqualTo(Tunnel.State.OPEN);
        assertThat(current(tunnel).lastProblem().orElse("")).contains("127.0.0.1:1");
    }

    @Test
    void refusesAPortThatIsTaken() {
        ConsoleException taken = catchThrowableOfType(
                ConsoleException.class,
                () -> session.tunnels().open(new TunnelSpec(echo.getLocalPort(), "127.0.0.1", 80)));
        assertThat(taken.problem().code()).isEqualTo("tunnel.port-taken");
    }

    @Test
    void readsTunnelsAsPeopleWriteThem() throws ConsoleException {
        TunnelSpec expected = new TunnelSpec(8888, "127.0.0.1", 80);
        assertThat(TunnelSpec.parse("8888:80")).isEqualTo(expected);
        assertThat(TunnelSpec.parse("8888 -> 80")).isEqualTo(expected);
        assertThat(TunnelSpec.parse("127.0.0.1:8888->80")).isEqualTo(expected);
        assertThat(TunnelSpec.parse("8888:db.internal:80")).isEqualTo(new TunnelSpec(8888, "db.internal", 80));
        assertThat(TunnelSpec.parse("80")).isEqualTo(new TunnelSpec(0, "127.0.0.1", 80));
        for (String wrong : List.of("", "x", "70000:1", "1:0", "1:2:3:4")) {
            assertThat(catchThrowableOfType(ConsoleException.class, () -> TunnelSpec.parse(wrong))
                            .problem()
                            .code())
                    .as(wrong)
                    .isEqualTo("tunnel.unreadable");
        }
    }

    private static Tunnel current(Tunnel tunnel) {
        return session.tunnels().list().stream()
                .filter(t -> t.spec().equals(tunnel.spec()))
                .findFirst()
                .orElseThrow();
    }

    private static byte[] exchange(Tunnel tunnel, byte[] request) throws IOException {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), tunnel.spec().localPort())) {
            try {
                Thread writer = Thread.startVirtualThread(() -> {
                    try {
                        socket.getOutputStream().write(request);
                        socket.shutdownOutput();
                    } catch (IOException e) {
                        // the other side may have closed already
                    }
                });
                byte[] answer = socket.getInputStream().readAllBytes();
                writer.join();
                return answer;
            } catch (java.net.SocketException e) {
                return new byte[0];
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }
    }

    private static void serveEcho() {
        while (!echo.isClosed()) {
            try {
                Socket socket = echo.accept();
                Thread.startVirtualThread(() -> {
                    try (socket;
                            InputStream in = socket.getInputStream()) {
                        in.transferTo(socket.getOutputStream());
                    } catch (IOException e) {
                        throw new java.io.UncheckedIOException(e);
                    }
                });
            } catch (IOException e) {
                return;
            }
        }
    }
}
