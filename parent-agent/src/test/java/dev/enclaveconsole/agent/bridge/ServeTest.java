package dev.enclaveconsole.agent.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.enclaveconsole.agent.ParentAgent;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
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
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// `serve` as a service manager runs it: a process that is told to end by a signal.
@Timeout(120)
class ServeTest {

    private static final VsockAddress ADDRESS = new VsockAddress(16, 8443);

    @TempDir
    Path folder;

    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void endAll() throws InterruptedException {
        for (Process process : started) {
            process.destroyForcibly().waitFor();
        }
    }

    @Test
    void bothDirectionsEndByThemselves() throws Exception {
        try (ServerSocketChannel enclave = listen()) {
            Thread.startVirtualThread(() -> serve(enclave, peer -> {
                byte[] request = Channels.newInputStream(peer).readAllBytes();
                Channels.newOutputStream(peer).write("heard ".getBytes(StandardCharsets.UTF_8));
                Channels.newOutputStream(peer).write(request);
            }));
            try (Socket caller = connect(port(start()))) {
                caller.getOutputStream().write("hello".getBytes(StandardCharsets.UTF_8));
                caller.shutdownOutput();
                assertThat(caller.getInputStream().readAllBytes()).asString().isEqualTo("heard hello");
            }
        }
        try (ServerSocketChannel enclave = listenAgain()) {
            var late = new CompletableFuture<String>();
            Thread.startVirtualThread(() -> serve(enclave, peer -> {
                peer.shutdownOutput();
                late.complete(new String(Channels.newInputStream(peer).readAllBytes(), StandardCharsets.UTF_8));
            }));
            try (Socket caller = connect(port(start()))) {
                assertThat(caller.getInputStream().read()).isEqualTo(-1);
                caller.getOutputStream().write("still here".getBytes(StandardCharsets.UTF_8));
                caller.shutdownOutput();
                assertThat(late.get(20, TimeUnit.SECONDS)).isEqualTo("still here");
            }
        }
    }

    @Test
    void carriesManyConnectionsUnchangedAtOnce() throws Exception {
        byte[] block = new byte[3 << 20];
        new Random(7).nextBytes(block);
        try (ServerSocketChannel enclave = listen()) {
            Thread.startVirtualThread(() -> serve(enclave, ServeTest::echo));
            int port = port(start());
            List<CompletableFuture<Boolean>> answers = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                answers.add(CompletableFuture.supplyAsync(() -> sameComesBack(port, block)));
            }
            for (CompletableFuture<Boolean> answer : answers) {
                assertThat(answer.get(60, TimeUnit.SECONDS)).isTrue();
            }
        }
    }

    @Test
    void takesNoMoreConnectionsThanItMay() throws Exception {
        AtomicInteger atOnce = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Semaphore go = new Semaphore(0);
        try (ServerSocketChannel enclave = listen()) {
            Thread.startVirtualThread(() -> serve(enclave, peer -> {
                most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
                go.acquireUninterruptibly();
                atOnce.decrementAndGet();
                Channels.newOutputStream(peer).write('x');
            }));
            int port = port(start("--max-connections", "2"));
            List<Socket> callers = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                callers.add(connect(port));
                callers.getLast().shutdownOutput();
            }
            go.release(5);
            for (Socket caller : callers) {
                try (caller) {
                    assertThat(caller.getInputStream().read()).isEqualTo('x');
                }
            }
            assertThat(most.get()).isBetween(1, 2);
        }
    }

    @Test
    void finishesWhatIsOpenWhenItIsToldToEnd() throws Exception {
        CompletableFuture<Boolean> answer = new CompletableFuture<>();
        try (ServerSocketChannel enclave = listen()) {
            Thread.startVirtualThread(() -> serve(enclave, peer -> {
                Channels.newInputStream(peer).readNBytes(1);
                answer.join();
                Channels.newOutputStream(peer).write("done".getBytes(StandardCharsets.UTF_8));
            }));
            Process agent = start("--drain", "30");
            int port = port(agent);
            try (Socket caller = connect(port)) {
                caller.getOutputStream().write('?');
                Thread.sleep(300);
                agent.toHandle().destroy();
                awaitRefusal(port);
                assertThat(agent.isAlive()).isTrue();
                answer.complete(true);
                caller.shutdownOutput();
                assertThat(caller.getInputStream().readAllBytes()).asString().isEqualTo("done");
            }
            assertThat(agent.waitFor(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void breaksOffWhatDoesNotEndInTimeOrNeverMoves() throws Exception {
        try (ServerSocketChannel enclave = listen()) {
            Thread.startVirtualThread(() -> serve(enclave, ServeTest::echo));
            Process patient = start("--drain", "1");
            try (Socket caller = connect(port(patient))) {
                caller.getOutputStream().write('?');
                assertThat(caller.getInputStream().read()).isEqualTo('?');
                patient.toHandle().destroy();
                assertThat(patient.waitFor(20, TimeUnit.SECONDS)).isTrue();
            }
            try (Socket idle = connect(port(start("--idle", "1")))) {
                assertThat(ends(idle)).isTrue();
            }
        }
    }

    @Test
    void tellsOnceThatTheEnclaveIsGoneAndGoesOnWhenItIsBack() throws Exception {
        Process agent = start();
        int port = port(agent);
        for (int i = 0; i < 3; i++) {
            try (Socket caller = connect(port)) {
                assertThat(ends(caller)).isTrue();
            }
        }
        try (ServerSocketChannel enclave = listen()) {
            Thread.startVirtualThread(() -> serve(enclave, ServeTest::echo));
            assertThat(sameComesBack(port, new byte[] {1, 2, 3})).isTrue();
        }
        agent.toHandle().destroy();
        assertThat(new String(agent.getErrorStream().readAllBytes(), StandardCharsets.UTF_8).lines())
                .hasSize(2)
                .satisfiesExactly(
                        line -> assertThat(line).contains("enclave 16:8443 does not answer"),
                        line -> assertThat(line).contains("answers again"));
    }

    @Test
    void refusesWrongOptionsAndTakenPorts() throws Exception {
        for (String[] wrong : List.of(
                new String[] {"--listen", "127.0.0.1:0", "--cid", "16"},
                new String[] {"--listen", "host.example:1", "--cid", "16", "--port", "1"},
                new String[] {"--listen", "127.0.0.1:0", "--cid", "3", "--port", "1"},
                new String[] {"--listen", "127.0.0.1:0", "--cid", "16", "--port", "1", "--max-connections", "0"},
                new String[] {"--to", "x"})) {
            assertThat(agent(wrong).waitFor()).as(Arrays.toString(wrong)).isEqualTo(2);
        }
        int port = port(start());
        Process second = agent("--listen", "127.0.0.1:" + port, "--cid", "16", "--port", "8443");
        assertThat(second.waitFor()).isEqualTo(ServeCommand.EXIT_NO_ADDRESS);
        assertThat(new String(second.getErrorStream().readAllBytes(), StandardCharsets.UTF_8))
                .contains("cannot listen");
    }

    private interface Peer {
        void talk(SocketChannel channel) throws IOException;
    }

    private ServerSocketChannel listen() throws IOException {
        return ServerSocketChannel.open(StandardProtocolFamily.UNIX)
                .bind(UnixDomainSocketAddress.of(folder.resolve(ADDRESS.socketName())));
    }

    private ServerSocketChannel listenAgain() throws IOException {
        java.nio.file.Files.deleteIfExists(folder.resolve(ADDRESS.socketName()));
        return listen();
    }

    private static void serve(ServerSocketChannel server, Peer peer) {
        try {
            while (true) {
                SocketChannel channel = server.accept();
                Thread.startVirtualThread(() -> {
                    try (channel) {
                        peer.talk(channel);
                    } catch (IOException _) {
                        // The agent went away.
                    }
                });
            }
        } catch (IOException _) {
            // The test is over.
        }
    }

    private static void echo(SocketChannel peer) throws IOException {
        Channels.newInputStream(peer).transferTo(Channels.newOutputStream(peer));
    }

    private static boolean sameComesBack(int port, byte[] block) {
        try (Socket caller = connect(port)) {
            Thread sender = Thread.startVirtualThread(() -> {
                try {
                    caller.getOutputStream().write(block);
                    caller.shutdownOutput();
                } catch (IOException _) {
                    // The comparison fails.
                }
            });
            boolean same = Arrays.equals(caller.getInputStream().readAllBytes(), block);
            sender.join();
            return same;
        } catch (IOException | InterruptedException e) {
            return false;
        }
    }

    private static boolean ends(Socket caller) {
        try {
            return caller.getInputStream().read() < 0;
        } catch (IOException e) {
            return true;
        }
    }

    private static void awaitRefusal(int port) throws InterruptedException {
        for (int i = 0; i < 200; i++) {
            try (Socket _ = connect(port)) {
                Thread.sleep(50);
            } catch (IOException e) {
                return;
            }
        }
        throw new AssertionError("it still takes connections");
    }

    private static Socket connect(int port) throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), port);
    }

    private static int port(Process agent) throws IOException {
        InputStream output = agent.getInputStream();
        String line = new BufferedReader(new java.io.InputStreamReader(output, StandardCharsets.UTF_8)).readLine();
        assertThat(line).contains("serving 127.0.0.1:").endsWith("for enclave 16:8443");
        return Integer.parseInt(line.replaceAll(".*127\\.0\\.0\\.1:(\\d+) .*", "$1"));
    }

    private Process start(String... options) throws IOException {
        List<String> all = new ArrayList<>(List.of("--listen", "127.0.0.1:0", "--cid", "16", "--port", "8443"));
        all.addAll(List.of(options));
        return agent(all.toArray(String[]::new));
    }

    private Process agent(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                ParentAgent.class.getName(),
                "serve"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put(Dialer.VARIABLE, "unix:" + folder);
        Process process = builder.start();
        started.add(process);
        return process;
    }
}
