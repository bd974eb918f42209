package dev.enclaveconsole.server;

import com.fasterxml.jackson.databind.JsonNode;
import dev.enclaveconsole.protocol.api.Json;
import dev.enclaveconsole.server.transport.HttpService;
import dev.enclaveconsole.server.transport.ListenAddress;
import dev.enclaveconsole.server.transport.TlsIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/// A real server on a loopback port with a home of its own, and clients for it.
final class RunningServer implements AutoCloseable {
    static final String MODEL = "resnet9-cifar10";
    static final MediaType JSON = MediaType.get("application/json");

    final FakeNsmDevice nsm;
    final EnclaveServer server;
    final List<String> console = new CopyOnWriteArrayList<>();
    final OkHttpClient operator;
    final OkHttpClient stranger;

    private RunningServer(Path home, HttpService.ConnectionLimits limits)
            throws IOException, StartupFailure, GeneralSecurityException {
        nsm = new FakeNsmDevice(home);
        server = EnclaveServer.start(
                new ServerEnvironment(new ListenAddress.Tcp("127.0.0.1", 0), nsm.address(), home),
                limits,
                console::add);
        operator = client(Optional.of(TlsIdentity.create()));
        stranger = client(Optional.of(TlsIdentity.create()));
    }

    static RunningServer start(Path home) throws IOException, StartupFailure, GeneralSecurityException {
        return start(home, HttpService.ConnectionLimits.DEFAULT);
    }

    static RunningServer start(Path home, HttpService.ConnectionLimits limits)
            throws IOException, StartupFailure, GeneralSecurityException {
        return new RunningServer(home, limits);
    }

    /// Writes a home with the committed demo model.
    static Path home(Path folder, String access) throws IOException {
        Files.createDirectories(folder.resolve("etc"));
        Files.writeString(
                folder.resolve("etc/enclave.json"),
                "{\"access\":\"%s\",\"defaultModel\":\"%s\",\"workers\":2}".formatted(access, MODEL));
        copyModel(TestFiles.demoModel(), folder.resolve("models").resolve(MODEL));
        return folder;
    }

    static void copyModel(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        for (String file : List.of("model.onnx", "labels.txt", "model.json")) {
            Files.copy(from.resolve(file), to.resolve(file));
        }
    }

    int port() {
        return ((ListenAddress.Tcp) server.address()).port();
    }

    HttpUrl url(String path) {
        return HttpUrl.get("https://127.0.0.1:" + port() + path);
    }

    static OkHttpClient client(Optional<TlsIdentity> identity) throws GeneralSecurityException {
        SSLContext context = sslContext(identity);
        return new OkHttpClient.Builder()
                .sslSocketFactory(context.getSocketFactory(), new TrustAnything())
                .hostnameVerifier((_, _) -> true)
                .callTimeout(Duration.ofMinutes(2))
                .readTimeout(Duration.ofMinutes(2))
                .retryOnConnectionFailure(false)
                .build();
    }

    static SSLContext sslContext(Optional<TlsIdentity> identity) throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLSv1.3");
        KeyManager[] keys = identity.isPresent() ? keyManagers(identity.get()) : new KeyManager[0];
        context.init(keys, new TrustManager[] {new TrustAnything()}, new SecureRandom());
        return context;
    }

    private static KeyManager[] keyManagers(TlsIdentity identity) throws GeneralSecurityException {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("key", identity.key(), new char[0], new Certificate[] {identity.certificate()});
            KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
            factory.init(store, new char[0]);
            return factory.getKeyManagers();
        } catch (IOException e) {
            throw new GeneralSecurityException(e);
        }
    }

    record Answer(int status, JsonNode json) {
        String code() {
            return json.path("error").path("code").asText();
        }

        String best(int image) {
            return json.at("/results/" + image + "/top/0/label").asText();
        }
    }

    Answer get(OkHttpClient client, String path) throws IOException {
        return send(client, new Request.Builder().url(url(path)).build());
    }

    Answer post(OkHttpClient client, String path, byte[] body) throws IOException {
        return post(client, path, RequestBody.create(body, MediaType.get("application/octet-stream")));
    }

    Answer post(OkHttpClient client, String path, RequestBody body) throws IOException {
        return send(client, new Request.Builder().url(url(path)).post(body).build());
    }

    static Answer send(OkHttpClient client, Request request) throws IOException {
        try (Response response = client.newCall(request).execute()) {
            return new Answer(
                    response.code(), Json.mapper().readTree(response.body().bytes()));
        }
    }

    RunningServer claimed() throws IOException {
        Answer answer = post(operator, "/claim", RequestBody.create("{\"nonce\":\"AAAAAAAAAAAAAAAAAAAAAA==\"}", JSON));
        if (answer.status() != 200) {
            throw new IOException("claim failed: " + answer);
        }
        return this;
    }

    @Override
    public void close() throws IOException {
        for (OkHttpClient client : List.of(operator, stranger)) {
            client.dispatcher().executorService().shutdown();
            client.connectionPool().evictAll();
        }
        server.close();
        nsm.close();
    }

    /// The tests look at keys themselves where they matter.
    private static final class TrustAnything implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
