package dev.enclaveconsole.desktop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// From the plan of a launch to what is left of an enclave, on one running sandbox.
@Timeout(300)
class LifecycleVerbsTest {
    @TempDir
    private static Path home;

    private static @Nullable RunningVerb sandbox;

    @BeforeAll
    static void startTheSandbox() throws InterruptedException {
        TerminalRun.needsInstallation();
        sandbox = new RunningVerb(home, "sandbox", "start", "--json");
        assertThat(sandbox.answer().get("ssh").asText()).startsWith("ssh -p ");
    }

    @AfterAll
    static void endTheSandbox() {
        if (sandbox != null) {
            sandbox.interrupt();
        }
    }

    @Test
    void planPredictsWhatTheLaunchThenTakes() {
        JsonNode plan = done("plan", "--memory", "1025");
        assertThat(plan.get("launchable").asBoolean()).isTrue();
        long predicted = plan.get("realMib").asLong();
        assertThat(predicted).isEqualTo(1026);
        long free = plan.at("/host/freeMib").asLong();
        JsonNode launched = done("run", "--memory", "1025", "--name", "planned");
        assertThat(launched.get("memoryMib").asLong()).isEqualTo(predicted);
        assertThat(done("plan").at("/host/freeMib").asLong()).isEqualTo(free - predicted);
        assertThat(done("terminate", "--enclave", "planned").get("terminated").asText())
                .isEqualTo(launched.get("id").asText());
        assertThat(done("plan").at("/host/freeMib").asLong()).isEqualTo(free);
    }

    @Test
    void refusesWithWhatWouldFit() {
        TerminalRun plan = run("plan", "--memory", "900000", "--cpus", "64");
        assertThat(plan.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(plan.json().at("/refusals/0/code").asText()).isEqualTo("E22");
        assertThat(plan.json().at("/refusals/1/code").asText()).isEqualTo("E27");
        TerminalRun run = run("run", "--memory", "8");
        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(run.json().at("/error/code").asText()).isEqualTo("launch.E26");
        assertThat(run.json().at("/error/remedy").asText()).startsWith("This would fit: ");
    }

    @Test
    void savedConsoleOutlivesADebugEnclave() {
        TerminalRun run = run("run", "--debug", "--name", "talks");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.err()).contains("DEBUG MODE");
        String id = run.json().get("id").asText();
        assertThat(done("list").at("/enclaves").findValuesAsText("id")).contains(id);
        JsonNode ended = done("terminate", "--all");
        assertThat(ended.get("terminated").findValuesAsText("id")).contains(id);
        JsonNode saved = done("console", "--enclave", "talks", "--saved");
        assertThat(saved.at("/enclave/how").asText()).isEqualTo("TERMINATED");
        assertThat(saved.get("lines").size()).isPositive();
        assertThat(done("list", "--saved").get("saved").findValuesAsText("id")).contains(id);
    }

    @Test
    void listTellsOfAnEnclaveThatVanished() throws Exception {
        JsonNode launched = done("run", "--name", "doomed");
        String mark = "enclave-" + launched.get("cid").asInt() + " ";
        ProcessHandle.current()
                .descendants()
                .filter(process -> process.info().commandLine().orElse("").contains(mark))
                .forEach(process -> process.descendants().forEach(ProcessHandle::destroyForcibly));
        JsonNode vanished = done("list");
        for (int i = 0; i < 30 && vanished.get("vanished").isEmpty(); i++) {
            Thread.sleep(Duration.ofMillis(500));
            vanished = done("list");
        }
        assertThat(vanished.at("/vanished/0/name").asText()).isEqualTo("doomed");
        assertThat(vanished.at("/vanished/0/reason").asText())
                .contains("hung up")
                .contains("debug mode");
    }

    @Test
    void publishedEnclaveEndsTlsItselfUntilItIsUnpublished() throws Exception {
        int port = freePort();
        String listen = "127.0.0.1:" + port;
        JsonNode shown = done("publish", "--enclave", "demo", "--public", "--listen", listen);
        assertThat(shown.get("published").asBoolean(true)).isFalse();
        assertThat(shown.get("script").asText()).contains("serve --listen " + listen);
        assertThat(reachable(port)).isFalse();

        done("publish", "--enclave", "demo", "--public", "--listen", listen, "--yes");
        assertThat(health(port)).startsWith("HTTP/1.1 200");
        assertThat(done("unpublish", "--list").at("/published/0/port").asInt()).isEqualTo(port);
        TerminalRun again = run("publish", "--enclave", "demo", "--public", "--listen", listen, "--yes");
        assertThat(again.json().at("/error/code").asText()).isEqualTo("publish.taken");

        assertThat(done("unpublish", "--port", String.valueOf(port))
                        .at("/unpublished/port")
                        .asInt())
                .isEqualTo(port);
        assertThat(reachable(port)).isFalse();
    }

    private static String health(int port) throws Exception {
        SSLContext context = SSLContext.getInstance("TLSv1.3");
        context.init(null, new TrustManager[] {new AnyServer()}, new SecureRandom());
        try (SSLSocket socket =
                (SSLSocket) context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream()
                    .write("GET /health HTTP/1.1\r\nHost: enclave\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
        }
    }

    /// The test speaks to whoever ends the TLS; attestation is not its subject.
    private static final class AnyServer implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    private static boolean reachable(int port) {
        try (Socket _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }

    private static JsonNode done(String verb, String... options) {
        TerminalRun run = run(verb, options);
        assertThat(run.exitCode()).as(verb + ": " + run.out() + run.err()).isZero();
        return run.json();
    }

    private static TerminalRun run(String verb, String... options) {
        List<String> words = new ArrayList<>(List.of("enclave", verb, "--host", "sandbox", "--json"));
        words.addAll(List.of(options));
        return TerminalRun.of(home, words.toArray(String[]::new));
    }
}
