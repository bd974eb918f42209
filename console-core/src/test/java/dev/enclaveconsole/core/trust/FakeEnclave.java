package dev.enclaveconsole.core.trust;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import dev.enclaveconsole.protocol.api.ApiError;
import dev.enclaveconsole.protocol.api.AttestationAnswer;
import dev.enclaveconsole.protocol.api.ClaimRequest;
import dev.enclaveconsole.protocol.api.ErrorCode;
import dev.enclaveconsole.protocol.api.ImageResult;
import dev.enclaveconsole.protocol.api.Json;
import dev.enclaveconsole.protocol.api.LabelScore;
import dev.enclaveconsole.protocol.api.PhaseTimings;
import dev.enclaveconsole.protocol.api.PredictAnswer;
import dev.enclaveconsole.protocol.attestation.MalformedCborException;
import dev.enclaveconsole.protocol.attestation.NsmRequest;
import dev.enclaveconsole.protocol.attestation.NsmResponse;
import dev.enclaveconsole.protocol.attestation.UserData;
import dev.enclaveconsole.protocol.eif.Measurements;
import dev.enclaveconsole.sandbox.nsm.HostIdentity;
import dev.enclaveconsole.sandbox.nsm.SandboxNsm;
import dev.enclaveconsole.sandbox.nsm.SandboxPki;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/// The enclave's side of the interface, as far as sessions need it, with the sandbox's security module; and the
/// ways in which something between the console and an enclave may cheat.
final class FakeEnclave implements AutoCloseable {
    enum Fault {
        NONE,
        OLD_NONCE,
        OTHER_KEY,
        TAMPERED,
        IGNORES_OPERATOR,
        DIES_ON_PREDICT
    }

    static final String PCR = "ab".repeat(48);

    private final HttpsServer server;
    private final SandboxNsm nsm;
    private final byte[] spki;
    private byte @Nullable [] operator;
    volatile Fault fault = Fault.NONE;

    FakeEnclave(boolean debug) throws IOException, GeneralSecurityException {
        this(debug, 0);
    }

    /// @param port where an earlier one was; 0 to choose
    FakeEnclave(boolean debug, int port) throws IOException, GeneralSecurityException {
        HostIdentity host = HostIdentity.random();
        Clock clock = Clock.systemUTC();
        nsm = new SandboxNsm(
                host.instanceId() + "-enc0123456789abcdef",
                new Measurements(Map.of(0, PCR, 1, PCR, 2, PCR)),
                debug,
                host,
                SandboxPki.create(host.instanceId(), clock),
                clock);
        KeyPair key = OperatorCertificates.newKeyPair();
        X509Certificate certificate = OperatorCertificates.selfSigned(key);
        spki = certificate.getPublicKey().getEncoded();
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.setHttpsConfigurator(new Configurator(tls(key, certificate)));
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/attestation", this::attestation);
        server.createContext("/claim", this::claim);
        server.createContext("/v1/predict", this::predict);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    synchronized void claimedBy(byte[] someoneElse) {
        operator = someoneElse;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void attestation(HttpExchange exchange) throws IOException {
        String nonce = exchange.getRequestURI().getQuery().substring("nonce=".length());
        answer(exchange, 200, new AttestationAnswer(document(HexFormat.of().parseHex(nonce))));
    }

    private void claim(HttpExchange exchange) throws IOException {
        ClaimRequest request = Json.mapper().readValue(exchange.getRequestBody(), ClaimRequest.class);
        byte[] key = clientKey(exchange);
        synchronized (this) {
            byte[] known = operator;
            if (known != null && !Arrays.equals(known, key)) {
                error(exchange, ErrorCode.ALREADY_CLAIMED, "claimed");
                return;
            }
            operator = key;
        }
        answer(exchange, 200, new AttestationAnswer(document(request.nonce())));
    }

    private void predict(HttpExchange exchange) throws IOException {
        int size = exchange.getRequestBody().readAllBytes().length;
        if (fault == Fault.DIES_ON_PREDICT) {
            close();
            return;
        }
        if (size < 20) {
            error(exchange, ErrorCode.IMAGE_DAMAGED, "The image is damaged.");
            return;
        }
        ImageResult result = new ImageResult(null, List.of(new LabelScore("cat", 3, 0.9)), null);
        answer(exchange, 200, new PredictAnswer("m", "00", List.of(result), new PhaseTimings(1, 2, 3, 4, 10)));
    }

    private synchronized byte[] document(byte[] nonce) {
        byte[] bound = fault == Fault.OTHER_KEY ? new byte[] {1, 2, 3} : spki;
        Optional<byte[]> owner = fault == Fault.IGNORES_OPERATOR
                ? Optional.empty()
                : Optional.ofNullable(operator).map(FakeEnclave::sha256);
        byte[] userData = new UserData(sha256(bound), owner).encode();
        byte[] sent = fault == Fault.OLD_NONCE ? new byte[32] : nonce;
        byte[] answer = nsm.answer(
                new NsmRequest.Attestation(Optional.of(userData), Optional.of(sent), Optional.of(bound)).encode());
        try {
            byte[] document = ((NsmResponse.Attestation) NsmResponse.decode(answer)).document();
            if (fault == Fault.TAMPERED) {
                document[document.length - 1] ^= 1;
            }
            return document;
        } catch (MalformedCborException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] clientKey(HttpExchange exchange) throws IOException {
        try {
            Certificate[] chain = ((HttpsExchange) exchange).getSSLSession().getPeerCertificates();
            return chain[0].getPublicKey().getEncoded();
        } catch (SSLPeerUnverifiedException e) {
            throw new IOException("no client certificate", e);
        }
    }

    private static void error(HttpExchange exchange, ErrorCode code, String message) throws IOException {
        answer(exchange, code.httpStatus(), new ApiError.Envelope(new ApiError(code, message, "Do something.")));
    }

    private static void answer(HttpExchange exchange, int status, Object body) throws IOException {
        byte[] json = Json.mapper().writeValueAsBytes(body);
        exchange.sendResponseHeaders(status, json.length);
        exchange.getResponseBody().write(json);
        exchange.close();
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static SSLContext tls(KeyPair key, X509Certificate certificate)
            throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("tls", key.getPrivate(), new char[0], new Certificate[] {certificate});
        KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(store, new char[0]);
        SSLContext context = SSLContext.getInstance("TLSv1.3");
        context.init(keys.getKeyManagers(), new TrustManager[] {new AnyClient()}, null);
        return context;
    }

    private static final class Configurator extends HttpsConfigurator {
        Configurator(SSLContext context) {
            super(context);
        }

        @Override
        public void configure(HttpsParameters parameters) {
            SSLParameters wanted = getSSLContext().getDefaultSSLParameters();
            wanted.setWantClientAuth(true);
            parameters.setSSLParameters(wanted);
        }
    }
}
