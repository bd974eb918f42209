package dev.enclaveconsole.agent.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.enclaveconsole.agent.ParentAgent;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The agent as the console runs it: a process whose standard streams are the connection.
@Timeout(60)
class DialTest {

    private static final VsockAddress ADDRESS = new VsockAddress(16, 8443);

    @TempDir
    Path folder;

    @Test
    void answersAfterTheCallerHasEndedItsRequest() throws Exception {
        try (ServerSocketChannel server = listen()) {
            var heard = CompletableFuture.supplyAsync(() -> serve(server, peer -> {
                byte[] request = Channels.newInputStream(peer).readAllBytes();
                Channels.newOutputStream(peer).write("heard ".getBytes(StandardCharsets.UTF_8));
                Channels.newOutputStream(peer).write(request);
            }));
            Process agent = agent("dial", "16", "8443");
            try (OutputStream input = agent.getOutputStream()) {
                input.write("hello".getBytes(StandardCharsets.UTF_8));
            }
            assertThat(agent.getInputStream().readAllBytes()).asString().isEqualTo("heard hello");
            assertThat(agent.waitFor()).isZero();
            assertThat(heard.get()).isTrue();
        }
    }

    @Test
    void callerMaySendAfterTheEnclaveHasEndedItsAnswer() throws Exception {
        try (ServerSocketChannel server = listen()) {
            var late = new CompletableFuture<String>();
            Thread.startVirtualThread(() -> serve(server, peer -> {
                peer.shutdownOutput();
                late.complete(new String(Channels.newInputStream(peer).readAllBytes(), StandardCharsets.UTF_8));
            }));
            Process agent = agent("dial", "16", "8443");
            assertThat(agent.getInputStream().read()).isEqualTo(-1);
            assertThat(agent.getErrorStream().read()).isEqualTo(-1);
            assertThat(agent.isAlive()).isTrue();
            try (OutputStream input = agent.getOutputStream()) {
                input.write("still here".getBytes(StandardCharsets.UTF_8));
            }
            assertThat(late.get(20, TimeUnit.SECONDS)).isEqualTo("still here");
            assertThat(agent.waitFor()).isZero();
        }
    }

    @Test
    void carriesSixtyFourMebibytesUnchangedBothWaysAtOnce() throws Exception {
        byte[] block = new byte[1 << 20];
        new Random(7).nextBytes(block);
        try (ServerSocketChannel server = listen()) {
            Thread.startVirtualThread(() ->
                    serve(server, peer -> Channels.newInputStream(peer).transferTo(Channels.newOutputStream(peer))));
            Process agent = agent("dial", "16", "8443");
            var sending = CompletableFuture.runAsync(() -> send(agent.getOutputStream(), block, 64));
            InputStream answer = agent.getInputStream();
            for (int i = 0; i < 64; i++) {
                assertThat(Arrays.equals(answer.readNBytes(block.length), block))
                        .isTrue();
            }
            assertThat(answer.read()).isEqualTo(-1);
            sending.get();
            assertThat(agent.waitFor()).isZero();
        }
    }

    @Test
    void saysInOneLineThatNothingAnswers() throws Exception {
        Process agent = agent("dial", "16", "9");
        String errors = new String(agent.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(agent.waitFor()).isEqualTo(DialCommand.EXIT_NO_ANSWER);
        assertThat(errors.lines())
                .singleElement()
                .asString()
                .startsWith("parent-agent: enclave 16 does not answer at port 9");
    }

    @Test
    void endsWhenTheCallerIsGone() throws Exception {
        try (ServerSocketChannel server = listen()) {
            Thread.startVirtualThread(() -> serve(server, peer -> {
                OutputStream output = Channels.newOutputStream(peer);
                while (true) {
                    output.write(new byte[1 << 16]);
                }
            }));
            Process agent = agent("dial", "16", "8443");
            assertThat(agent.getInputStream().read()).isZero();
            agent.getInputStream().close();
            assertThat(agent.waitFor(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void refusesToDialWhatIsNoEnclave() throws Exception {
        for (String cid : List.of("0", "2", "3", "4294967295", "x", "-1")) {
            Process agent = agent("dial", cid, "8443");
            assertThat(agent.waitFor()).as(cid).isEqualTo(2);
        }
    }

    @Test
    void nativeSocketsHalfCloseLikeOthers() throws Exception {
        try (ServerSocketChannel server = listen()) {
            Thread.startVirtualThread(() ->
                    serve(server, peer -> Channels.newInputStream(peer).transferTo(Channels.newOutputStream(peer))));
            Training.exchange(folder.resolve(ADDRESS.socketName()));
        }
        assertThat(catchThrowable(() -> Training.exchange(folder.resolve("none"))))
                .isInstanceOf(IOException.class)
                .hasMessage("No such file or directory");
    }

    private interface Peer {
        void talk(SocketChannel channel) throws IOException;
    }

    private ServerSocketChannel listen() throws IOException {
        return ServerSocketChannel.open(StandardProtocolFamily.UNIX)
                .bind(UnixDomainSocketAddress.of(folder.resolve(ADDRESS.socketName())));
    }

    private static boolean serve(ServerSocketChannel server, Peer peer) {
        try (SocketChannel channel = server.accept()) {
            peer.talk(channel);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static void send(OutputStream target, byte[] block, int times) {
        try (target) {
            for (int i = 0; i < times; i++) {
                target.write(block);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Process agent(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                ParentAgent.class.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put(Dialer.VARIABLE, "unix:" + folder);
        return builder.start();
    }
}
