package dev.enclaveconsole.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The server as a process of its own, watched by strace: it calls nobody and leaves no file behind.
class SilenceTest {
    private static final Path STRACE = Path.of("/usr/bin/strace");

    @TempDir
    Path folder;

    @Test
    void callsNobodyAndWritesNothingOutsideItsHome() throws Exception {
        assumeTrue(Files.isExecutable(STRACE), "strace is not installed");
        Path home = RunningServer.home(folder.resolve("home"), "open");
        Files.createDirectories(home.resolve("tmp"));
        Path trace = folder.resolve("trace");
        Process server = start(home, trace);
        try {
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
            Path out = folder.resolve("out");
            while (!Files.readString(out).contains("ready on") && System.nanoTime() < deadline && server.isAlive()) {
                Thread.sleep(200);
            }
            assertThat(out).content().contains("ready on tcp:127.0.0.1:", "model " + RunningServer.MODEL);
        } finally {
            server.descendants().forEach(ProcessHandle::destroy);
            server.waitFor(20, TimeUnit.SECONDS);
        }
        List<String> calls = Files.readAllLines(trace);
        assertThat(calls).isNotEmpty().noneMatch(line -> line.contains("AF_INET") && line.contains("connect("));
        assertThat(calls).noneMatch(line -> line.contains("sendto(") || line.contains("resolv.conf"));
        assertThat(calls.stream().filter(line -> line.contains("O_CREAT")))
                .allSatisfy(line -> assertThat(line).contains(home.toString()));
        try (Stream<Path> left = Files.walk(home.resolve("tmp"))) {
            assertThat(left.filter(Files::isRegularFile)).isEmpty();
        }
    }

    private Process start(Path home, Path trace) throws Exception {
        String tmp = home.resolve("tmp").toString();
        var command = new ProcessBuilder(
                STRACE.toString(),
                "-f",
                "-qq",
                "-e",
                "trace=connect,sendto,openat",
                "-o",
                trace.toString(),
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                "-Djava.io.tmpdir=" + tmp,
                "-Duser.home=" + tmp,
                "-Djava.awt.headless=true",
                "-Djava.library.path=" + System.getProperty("java.library.path"),
                "-Donnxruntime.native.path=" + System.getProperty("onnxruntime.native.path"),
                "-Dai.djl.offline=true",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.enclaveconsole.server.EnclaveServer");
        command.environment().put("ENCLAVE_HOME", home.toString());
        command.environment().put("ENCLAVE_LISTEN", "tcp:127.0.0.1:0");
        command.environment().put("ORT_DISABLE_TELEMETRY", "1");
        return command.redirectErrorStream(true)
                .redirectOutput(folder.resolve("out").toFile())
                .start();
    }
}
