package dev.enclaveconsole.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.enclaveconsole.protocol.attestation.NsmRequest;
import dev.enclaveconsole.protocol.attestation.NsmResponse;
import dev.enclaveconsole.protocol.attestation.UserData;
import dev.enclaveconsole.server.transport.TlsIdentity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Optional;
import javax.net.ssl.SSLSocket;
import okhttp3.OkHttpClient;
import okhttp3.RequestBody;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClaimAndAttestationTest {
    private static final String NONCE_HEX = "00112233445566778899aabbccddeeff";
    private static final String CLAIM = "{\"nonce\":\"ABEiM0RVZneImaq7zN3u/w==\"}";

    @TempDir
    Path folder;

    private RunningServer running;

    @BeforeEach
    void start() throws Exception {
        running = RunningServer.start(RunningServer.home(folder, "operator"));
    }

    @AfterEach
    void stop() throws Exception {
        running.close();
    }

    @Test
    void bindsTheTlsKeyOfTheVeryConnection() throws Exception {
        try (var socket = (SSLSocket) RunningServer.sslContext(Optional.empty())
                .getSocketFactory()
                .createSocket("127.0.0.1", running.port())) {
            String request =
                    "GET /attestation?nonce=%s HTTP/1.1\r\nHost: e\r\nAccept: application/cbor\r\nConnection: close\r\n\r\n"
                            .formatted(NONCE_HEX);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            byte[] answer = socket.getInputStream().readAllBytes();
            int body = new String(answer, StandardCharsets.ISO_8859_1).indexOf("\r\n\r\n") + 4;

            assertThat(socket.getSession().getProtocol()).isEqualTo("TLSv1.3");
            byte[] spki =
                    socket.getSession().getPeerCertificates()[0].getPublicKey().getEncoded();
            var asked = (NsmRequest.Attestation) NsmRequest.decode(Arrays.copyOfRange(answer, body, answer.length));
            assertThat(asked.publicKey().orElseThrow()).isEqualTo(spki);
            assertThat(asked.nonce().orElseThrow()).hasSize(16);
            UserData userData = UserData.decode(asked.userData().orElseThrow());
            assertThat(userData.tlsSpkiSha256()).isEqualTo(sha256(spki));
            assertThat(userData.operatorSpkiSha256()).isEmpty();
        }
    }

    @Test
    void firstClaimWinsAndLaterDocumentsSaySo() throws Exception {
        TlsIdentity identity = TlsIdentity.create();
        OkHttpClient operator = RunningServer.client(Optional.of(identity));
        assertThat(running.post(operator, "/v1/predict", PredictTest.photo()).code())
                .isEqualTo("NOT_OPERATOR");

        assertThat(claim(operator).status()).isEqualTo(200);
        assertThat(claim(operator).status()).isEqualTo(200);
        assertThat(claim(running.stranger).code()).isEqualTo("ALREADY_CLAIMED");

        byte[] document = running.get(running.stranger, "/attestation?nonce=" + NONCE_HEX)
                .json()
                .path("document")
                .binaryValue();
        var asked = (NsmRequest.Attestation) NsmRequest.decode(document);
        assertThat(UserData.decode(asked.userData().orElseThrow()).operatorSpkiSha256())
                .hasValueSatisfying(hash -> assertThat(hash)
                        .isEqualTo(sha256(identity.certificate().getPublicKey().getEncoded())));
        for (int i = 0; i < 3; i++) {
            operator.connectionPool().evictAll();
            assertThat(running.post(operator, "/v1/predict", PredictTest.photo())
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void claimNeedsACertificate() throws Exception {
        RunningServer.Answer answer = claim(RunningServer.client(Optional.empty()));
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.code()).isEqualTo("CLAIM_NEEDS_CERTIFICATE");
    }

    @Test
    void refusesOddNonces() throws Exception {
        for (String nonce : new String[] {"", "0011", "zz", "001", "00".repeat(513)}) {
            RunningServer.Answer answer = running.get(running.stranger, "/attestation?nonce=" + nonce);
            assertThat(answer.code()).as(nonce).isEqualTo("NONCE_INVALID");
        }
        assertThat(running.post(running.operator, "/claim", RequestBody.create("{}", RunningServer.JSON))
                        .code())
                .isEqualTo("NONCE_INVALID");
        assertThat(running.post(running.operator, "/claim", RequestBody.create("no json", RunningServer.JSON))
                        .code())
                .isEqualTo("BAD_REQUEST");
    }

    @Test
    void aClaimWithABadNonceClaimsNothing() throws Exception {
        running.post(running.stranger, "/claim", RequestBody.create("{}", RunningServer.JSON));
        assertThat(claim(running.operator).status()).isEqualTo(200);
    }

    @Test
    void saysWhenTheNsmFailsAndRecovers() throws Exception {
        running.nsm.behave(_ -> new NsmResponse.Failure("InternalError"));
        RunningServer.Answer answer = running.get(running.stranger, "/attestation?nonce=" + NONCE_HEX);
        assertThat(answer.code()).isEqualTo("NSM_UNAVAILABLE");
        assertThat(answer.json().at("/error/message").asText()).contains("InternalError");

        running.nsm.behave(request -> new NsmResponse.Attestation(request.encode()));
        assertThat(running.get(running.stranger, "/attestation?nonce=" + NONCE_HEX)
                        .status())
                .isEqualTo(200);
    }

    private RunningServer.Answer claim(OkHttpClient client) throws IOException {
        return running.post(client, "/claim", RequestBody.create(CLAIM, RunningServer.JSON));
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
