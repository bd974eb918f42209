package dev.enclaveconsole.core.predict;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import okhttp3.OkHttpClient;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// A web server on the loopback interface with a certificate that only its own clients trust. As `localhost` it is
/// Hugging Face's site and DJL's repository, as `127.0.0.1` any other site.
final class ZooServer implements AutoCloseable {
    private final HttpsServer server;
    private final X509TrustManager trust;
    private final SSLContext tls;
    private final Map<String, byte[]> files = new ConcurrentHashMap<>();
    private final Map<String, String> redirects = new ConcurrentHashMap<>();
    final Queue<String> asked = new ConcurrentLinkedQueue<>();

    ZooServer() throws IOException, GeneralSecurityException, OperatorCreationException {
        KeyPairGenerator keys = KeyPairGenerator.getInstance("EC");
        keys.initialize(256);
        KeyPair key = keys.generateKeyPair();
        X509Certificate certificate = certificate(key);
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("zoo", key.getPrivate(), new char[0], new Certificate[] {certificate});
        store.setCertificateEntry("zoo-trust", certificate);
        KeyManagerFactory own = KeyManagerFactory.getInstance("PKIX");
        own.init(store, new char[0]);
        TrustManagerFactory trusted = TrustManagerFactory.getInstance("PKIX");
        trusted.init(store);
        trust = (X509TrustManager) trusted.getTrustManagers()[0];
        tls = SSLContext.getInstance("TLS");
        tls.init(own.getKeyManagers(), new X509TrustManager[] {trust}, null);
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls));
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    ModelWeb web(long largestModel) {
        return new ModelWeb(
                () -> ModelWeb.client(new OkHttpClient.Builder().sslSocketFactory(tls.getSocketFactory(), trust)),
                URI.create(site()),
                URI.create(site() + "/mlrepo/"),
                largestModel);
    }

    String site() {
        return "https://localhost:" + server.getAddress().getPort();
    }

    String elsewhere() {
        return "https://127.0.0.1:" + server.getAddress().getPort();
    }

    /// @param target path, with the query if there is one, as it is on the wire
    void serve(String target, byte[] content) {
        files.put(target, content);
    }

    void serve(String target, String content) {
        serve(target, content.getBytes(StandardCharsets.UTF_8));
    }

    void redirect(String target, String location) {
        redirects.put(target, location);
    }

    void reset() {
        files.clear();
        redirects.clear();
        asked.clear();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String target = exchange.getRequestURI().toString();
        asked.add(target);
        String location = redirects.get(target);
        byte[] content = files.get(target);
        if (location != null) {
            exchange.getResponseHeaders().set("Location", location);
            exchange.sendResponseHeaders(302, -1);
        } else if (content == null) {
            exchange.sendResponseHeaders(404, -1);
        } else {
            exchange.sendResponseHeaders(200, content.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(content);
            }
        }
        exchange.close();
    }

    private static X509Certificate certificate(KeyPair key) throws GeneralSecurityException, OperatorCreationException {
        X500Name name = new X500Name("CN=localhost");
        Instant now = Instant.now();
        var names = new GeneralNames(Arrays.asList(
                        new GeneralName(GeneralName.dNSName, "localhost"),
                        new GeneralName(GeneralName.iPAddress, "127.0.0.1"))
                .toArray(new GeneralName[0]));
        try {
            var builder = new JcaX509v3CertificateBuilder(
                            name,
                            BigInteger.ONE,
                            Date.from(now.minusSeconds(3600)),
                            Date.from(now.plusSeconds(86400)),
                            name,
                            key.getPublic())
                    .addExtension(Extension.subjectAlternativeName, false, names);
            return new JcaX509CertificateConverter()
                    .getCertificate(
                            builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(key.getPrivate())));
        } catch (IOException e) {
            throw new GeneralSecurityException(e);
        }
    }
}
