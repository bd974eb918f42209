package dev.enclaveconsole.core.trust;

import static org.assertj.core.api.Assertions.assertThat;

import dev.enclaveconsole.core.enclave.EnclaveInfo;
import dev.enclaveconsole.core.host.BashAgent;
import dev.enclaveconsole.core.host.HostKeyDecider;
import dev.enclaveconsole.core.host.HostSession;
import dev.enclaveconsole.core.host.KnownHosts;
import dev.enclaveconsole.core.host.OpenSshServer;
import dev.enclaveconsole.core.host.PassphrasePrompt;
import dev.enclaveconsole.core.operation.OperationContext;
import dev.enclaveconsole.core.predict.PlainHttpPublication;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a program on this computer can reach of an enclave through its plain HTTP port, by requests as they go over
/// the wire.
@Timeout(120)
class PlainHttpPublicationTest {
    private static final OperationContext NONE = OperationContext.none();
    private static final EnclaveInfo ENCLAVE = new EnclaveInfo(
            "i-0-enc0", "demo_1", 16, 2, List.of(1, 3), 512, EnclaveInfo.State.RUNNING, false, Map.of());

    @TempDir
    static Path folder;

    private static OpenSshServer sshd;
    private static HostSession host;
    private static FakeEnclave enclave;
    private static AttestedSession session;
    private static PlainHttpPublication publication;

    @BeforeAll
    static void start() throws Exception {
        sshd = OpenSshServer.start(folder);
        host = HostSession.connect(
                sshd.entry(true),
                sshd.settings(
                        KnownHosts.exactly(List.of(sshd.knownHostsLine("ed25519"))),
                        Optional.of(BashAgent.archive(folder))),
                HostKeyDecider.refuse(),
                PassphrasePrompt.none(),
                NONE);
        enclave = new FakeEnclave(false);
        BashAgent.route(sshd.home(), ENCLAVE.cid(), enclave.port());
        OperatorKey operator = OperatorKey.loadOrCreate(folder.resolve("state/operator-key.pem"));
        Pins pins = new Pins(folder.resolve("pins.json"), Optional.empty());
        session = AttestedSession.open(host, ENCLAVE, pins, operator, NONE);
        publication = PlainHttpPublication.start(session.client(), 0, NONE);
    }

    @AfterAll
    static void stop() throws Exception {
        if (publication != null) {
            publication.close();
            session.close();
            enclave.close();
        }
        if (sshd != null) {
            host.close();
            sshd.close();
        }
    }

    @Test
    void passesWhatIsPublished() throws IOException {
        assertThat(ask("GET /attestation?nonce=" + "00".repeat(32) + " HTTP/1.1", "127.0.0.1"))
                .startsWith("HTTP/1.1 200")
                .contains("document");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/claim",
                "/predict/../claim",
                "/predict/%2e%2e/claim",
                "/predict/%2E./claim",
                "/predict/..%2fclaim",
                "/predict//claim",
                "/predict/./claim",
                "/predict/..;/claim",
                "//claim",
                "/predict/../../etc/passwd",
                "http://127.0.0.1/predict/../claim"
            })
    void refusesEveryWayToWhatIsNot(String target) throws IOException {
        assertThat(ask("POST " + target + " HTTP/1.1", "127.0.0.1"))
                .startsWith("HTTP/1.1 404")
                .doesNotContain("document");
    }

    @Test
    void refusesWebPages() throws IOException {
        assertThat(ask("GET /health HTTP/1.1", "evil.example")).startsWith("HTTP/1.1 403");
        assertThat(ask("GET /health HTTP/1.1", "127.0.0.1\r\nOrigin: http://evil.example"))
                .startsWith("HTTP/1.1 403");
    }

    private static String ask(String requestLine, String host) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), publication.port())) {
            String request = requestLine + "\r\nHost: " + host + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
