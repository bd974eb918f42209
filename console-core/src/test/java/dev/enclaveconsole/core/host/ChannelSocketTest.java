package dev.enclaveconsole.core.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.enclaveconsole.core.failure.ConsoleException;
import dev.enclaveconsole.core.operation.OperationContext;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Sockets over SSH channels, with OpenSSH's server and a peer that sends what and when the test says.
@Timeout(60)
class ChannelSocketTest {
    private static final OperationContext NONE = OperationContext.none();
    private static final InetSocketAddress ANYWHERE = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    private static final int CID = 16;

    @TempDir
    private Path folder;

    private OpenSshServer sshd;
    private HostSession host;
    private ServerSocket peer;

    @BeforeEach
    void start() throws IOException, InterruptedException, ConsoleException {
        sshd = OpenSshServer.start(folder);
        peer = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        BashAgent.route(sshd.home(), CID, peer.getLocalPort());
        host = HostSession.connect(
                sshd.entry(false),
                sshd.settings(
                        KnownHosts.exactly(List.of(sshd.knownHostsLine("ed25519"))),
                        Optional.of(BashAgent.archive(folder))),
                HostKeyDecider.refuse(),
                PassphrasePrompt.none(),
                NONE);
    }

    @AfterEach
    void stop() throws IOException {
        if (host != null) {
            host.close();
            peer.close();
        }
        if (sshd != null) {
            sshd.close();
        }
    }

    @Test
    void leavesTheConnectionAloneWhenClosedWhileDataArrives() throws Exception {
        for (int round = 0; round < 5; round++) {
            CountDownLatch ended = new CountDownLatch(1);
            Thread.startVirtualThread(() -> flood(ended));
            try (Socket socket = open()) {
                assertThat(socket.getInputStream().readNBytes(new byte[1000], 0, 1000))
                        .isEqualTo(1000);
            }
            assertThat(ended.await(20, TimeUnit.SECONDS)).isTrue();
            assertThat(host.isConnected()).isTrue();
            assertThat(host.run(List.of("true"), NONE).exitCode()).isZero();
        }
    }

    @Test
    void wakesAReaderWhenClosed() throws Exception {
        CompletableFuture<Throwable> reader;
        try (Socket socket = open()) {
            reader = CompletableFuture.supplyAsync(() -> failure(socket));
            Thread.sleep(200);
        }
        assertThat(reader.get(10, TimeUnit.SECONDS)).isInstanceOf(SocketException.class);
        assertThat(host.isConnected()).isTrue();
    }

    @Test
    void canBeReadAgainAfterATimeout() throws Exception {
        try (Socket socket = open();
                Socket accepted = peer.accept()) {
            socket.setSoTimeout(200);
            assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
            accepted.getOutputStream().write(7);
            socket.setSoTimeout(20_000);
            assertThat(socket.getInputStream().read()).isEqualTo(7);
        }
    }

    private Socket open() throws ConsoleException, IOException {
        Socket socket = host.enclaveSockets(CID, 8443, NONE).createSocket();
        socket.connect(ANYWHERE, 10_000);
        return socket;
    }

    private static Throwable failure(Socket socket) {
        try {
            int octet = socket.getInputStream().read();
            return new AssertionError("read " + octet);
        } catch (IOException e) {
            return e;
        }
    }

    private void flood(CountDownLatch ended) {
        byte[] block = new byte[8192];
        try (Socket accepted = peer.accept();
                OutputStream out = accepted.getOutputStream()) {
            while (true) {
                out.write(block);
            }
        } catch (IOException e) {
            assertThat(e).isNotNull();
        } finally {
            ended.countDown();
        }
    }
}
