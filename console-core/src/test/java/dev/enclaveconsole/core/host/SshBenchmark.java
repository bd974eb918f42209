package dev.enclaveconsole.core.host;

import dev.enclaveconsole.core.operation.OperationContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.transport.verification.PromiscuousVerifier;
import net.schmizz.sshj.xfer.FileSystemFile;
import org.junit.jupiter.api.Test;

/// Compares with OpenSSH's own tools against the same sshd in the same run. Not part of the tests; see
/// docs/measurements.md. Each figure is the median of the rounds.
class SshBenchmark {
    private static final String CIPHER = "aes256-gcm@openssh.com";
    private static final int ROUNDS = Integer.getInteger("ssh.rounds", 5);
    private static final long BYTES = Long.getLong("ssh.bytes", 500_000_000L);
    private static final long FAR_BYTES = Long.getLong("ssh.far.bytes", 100_000_000L);
    private static final Duration FAR = Duration.ofMillis(40);

    private final StringBuilder report = new StringBuilder("\n");

    @Test
    void compareWithOpenSsh() throws Exception {
        Path folder = Files.createTempDirectory(
                Files.isDirectory(Path.of("/dev/shm")) ? Path.of("/dev/shm") : Path.of("/tmp"), "ssh-benchmark");
        try (OpenSshServer sshd = OpenSshServer.start(folder)) {
            Path file = Files.write(folder.resolve("file"), new byte[0]);
            fill(file, BYTES);
            try (HostSession session = session(sshd, sshd.port())) {
                sftp(sshd, session, sshd.port(), file, BYTES, "loopback");
                forwarding(sshd, session);
            }
            fill(file, FAR_BYTES);
            try (DelayingProxy proxy = DelayingProxy.start(sshd.port(), FAR);
                    HostSession session = session(sshd, proxy.port())) {
                sftp(sshd, session, proxy.port(), file, FAR_BYTES, "40 ms");
                stock(sshd, proxy.port(), file);
            }
        } finally {
            System.out.println(report);
            try (var files = Files.walk(folder)) {
                files.sorted(java.util.Comparator.reverseOrder())
                        .forEach(f -> f.toFile().delete());
            }
        }
    }

    private interface Work {
        void run() throws Exception;
    }

    private static double seconds(Work work) throws Exception {
        long start = System.nanoTime();
        work.run();
        return (System.nanoTime() - start) / 1e9;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private void sftp(OpenSshServer sshd, HostSession session, int port, Path file, long bytes, String where)
            throws Exception {
        Path there = file.resolveSibling("there");
        Path back = file.resolveSibling("back");
        double[][] seconds = new double[4][ROUNDS];
        session.upload(file, there.toString(), OperationContext.none());
        double login = seconds(() -> sftpTool(sshd, port, "pwd"));
        for (int i = 0; i < ROUNDS; i++) {
            seconds[0][i] = seconds(() -> session.upload(file, there.toString(), OperationContext.none()));
            seconds[1][i] = seconds(() -> sftpTool(sshd, port, "put " + file + " " + there)) - login;
            seconds[2][i] = seconds(() -> session.download(there.toString(), back, OperationContext.none()));
            seconds[3][i] = seconds(() -> sftpTool(sshd, port, "get " + there + " " + back)) - login;
        }
        line("sftp up, " + where, "MB/s", bytes / 1e6 / median(seconds[0]), bytes / 1e6 / median(seconds[1]));
        line("sftp down, " + where, "MB/s", bytes / 1e6 / median(seconds[2]), bytes / 1e6 / median(seconds[3]));
    }

    private void stock(OpenSshServer sshd, int port, Path file) throws Exception {
        Path there = file.resolveSibling("there");
        try (SSHClient client = new SSHClient()) {
            client.addHostKeyVerifier(new PromiscuousVerifier());
            client.connect("127.0.0.1", port);
            client.authPublickey(
                    System.getProperty("user.name"), sshd.file("id_ed25519").toString());
            try (var sftp = client.newSFTPClient()) {
                double up = seconds(() -> sftp.put(new FileSystemFile(file.toString()), there.toString()));
                double down = seconds(() -> sftp.get(
                        there.toString(),
                        new FileSystemFile(file.resolveSibling("stock").toString())));
                report.append("sshj as it comes, 40 ms: up %.0f MB/s, down %.0f MB/s%n"
                        .formatted(FAR_BYTES / 1e6 / up, FAR_BYTES / 1e6 / down));
            }
        }
    }

    private void forwarding(OpenSshServer sshd, HostSession session) throws Exception {
        int theirs;
        try (ServerSocket free = new ServerSocket(0)) {
            theirs = free.getLocalPort();
        }
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread.startVirtualThread(() -> serve(server));
            int ours = session.tunnels()
                    .open(new TunnelSpec(0, "127.0.0.1", server.getLocalPort()))
                    .spec()
                    .localPort();
            Process ssh = tool(
                    sshd,
                    sshd.port(),
                    "ssh",
                    "-p",
                    "-N",
                    "-L",
                    theirs + ":127.0.0.1:" + server.getLocalPort(),
                    "127.0.0.1");
            try {
                awaitPort(theirs);
                compareForwarding(ours, theirs);
            } finally {
                ssh.destroy();
            }
        }
    }

    private void compareForwarding(int ours, int theirs) throws Exception {
        double[][] rates = new double[4][ROUNDS];
        double[][] trips = new double[4][ROUNDS];
        roundTrips(ours);
        for (int i = 0; i < ROUNDS; i++) {
            rates[0][i] = bulk(ours, 'w');
            rates[1][i] = bulk(theirs, 'w');
            rates[2][i] = bulk(ours, 'r');
            rates[3][i] = bulk(theirs, 'r');
            double[] mine = roundTrips(ours);
            double[] other = roundTrips(theirs);
            trips[0][i] = mine[mine.length / 2];
            trips[1][i] = other[other.length / 2];
            trips[2][i] = mine[mine.length * 99 / 100];
            trips[3][i] = other[other.length * 99 / 100];
        }
        line("forwarding, to the host", "MB/s", median(rates[0]), median(rates[1]));
        line("forwarding, from the host", "MB/s", median(rates[2]), median(rates[3]));
        line("200 KB round trip, p50", "ms", median(trips[0]), median(trips[1]));
        line("200 KB round trip, p99", "ms", median(trips[2]), median(trips[3]));
    }

    private static double bulk(int port, char kind) throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            byte[] block = new byte[256 * 1024];
            double seconds = seconds(() -> {
                OutputStream out = socket.getOutputStream();
                out.write(kind);
                if (kind == 'w') {
                    for (long left = BYTES; left > 0; left -= block.length) {
                        out.write(block, 0, (int) Math.min(block.length, left));
                    }
                    socket.shutdownOutput();
                }
                InputStream in = socket.getInputStream();
                in.transferTo(OutputStream.nullOutputStream());
            });
            return BYTES / 1e6 / seconds;
        }
    }

    /// In milliseconds, sorted.
    private static double[] roundTrips(int port) throws Exception {
        double[] millis = new double[500];
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setTcpNoDelay(true);
            socket.getOutputStream().write('e');
            byte[] request = new byte[200_000];
            for (int i = 0; i < millis.length; i++) {
                millis[i] = 1000
                        * seconds(() -> {
                            socket.getOutputStream().write(request);
                            socket.getInputStream().readNBytes(request, 0, request.length);
                        });
            }
        }
        Arrays.sort(millis);
        return millis;
    }

    /// The first byte says what the connection is for: `w` takes everything, `r` sends everything, `e` gives back
    /// requests of 200 KB.
    private static void serve(ServerSocket server) {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                socket.setTcpNoDelay(true);
                Thread.startVirtualThread(() -> serve(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private static void serve(Socket socket) {
        byte[] block = new byte[200_000];
        try (socket) {
            InputStream in = socket.getInputStream();
            switch (in.read()) {
                case 'w' -> {
                    in.transferTo(OutputStream.nullOutputStream());
                }
                case 'r' -> {
                    for (long left = BYTES; left > 0; left -= block.length) {
                        socket.getOutputStream().write(block, 0, (int) Math.min(block.length, left));
                    }
                }
                default -> {
                    while (in.readNBytes(block, 0, block.length) == block.length) {
                        socket.getOutputStream().write(block);
                    }
                }
            }
        } catch (IOException e) {
            // the client is gone
        }
    }

    private void line(String what, String unit, double ours, double openSsh) {
        report.append("%-28s console %8.2f %s, OpenSSH %8.2f %s, ratio %.2f%n"
                .formatted(what, ours, unit, openSsh, unit, ours / openSsh));
    }

    private static void fill(Path file, long bytes) throws IOException {
        byte[] block = new byte[1 << 20];
        new Random(1).nextBytes(block);
        try (OutputStream out = Files.newOutputStream(file)) {
            for (long left = bytes; left > 0; left -= block.length) {
                out.write(block, 0, (int) Math.min(block.length, left));
            }
        }
    }

    private static HostSession session(OpenSshServer sshd, int port) throws Exception {
        KnownHosts hosts = KnownHosts.exactly(List.of("[127.0.0.1]:" + port + " " + sshd.hostKey("ed25519")));
        HostEntry entry = new HostEntry(
                "benchmark",
                "127.0.0.1",
                port,
                System.getProperty("user.name"),
                Optional.of(sshd.file("id_ed25519")),
                false);
        return HostSession.connect(
                entry,
                sshd.settings(hosts, Optional.empty()),
                HostKeyDecider.refuse(),
                PassphrasePrompt.none(),
                OperationContext.none());
    }

    private static void sftpTool(OpenSshServer sshd, int port, String command) throws Exception {
        Process sftp = tool(sshd, port, "sftp", "-P", "-q", "-b", "-", "127.0.0.1");
        try (OutputStream in = sftp.getOutputStream()) {
            in.write((command + "\n").getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
        if (sftp.waitFor() != 0) {
            throw new IOException("sftp failed");
        }
    }

    private static Process tool(OpenSshServer sshd, int port, String name, String portOption, String... rest)
            throws IOException {
        List<String> command = new java.util.ArrayList<>(List.of(name, portOption, String.valueOf(port)));
        command.addAll(List.of("-F", "none", "-i", sshd.file("id_ed25519").toString()));
        command.addAll(List.of("-o", "StrictHostKeyChecking=no", "-o", "UserKnownHostsFile=/dev/null"));
        command.addAll(List.of("-o", "LogLevel=ERROR", "-o", "Ciphers=" + CIPHER));
        command.addAll(List.of(rest));
        return new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static void awaitPort(int port) throws Exception {
        for (int i = 0; i < 100; i++) {
            try (Socket probe = new Socket(InetAddress.getLoopbackAddress(), port)) {
                if (probe.isConnected()) {
                    return;
                }
            } catch (IOException e) {
                Thread.sleep(50);
            }
        }
    }
}
