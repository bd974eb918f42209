package dev.enclaveconsole.core.trust;

import java.net.InetAddress;
import java.net.Proxy;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.SocketFactory;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import okhttp3.ConnectionPool;
import okhttp3.ConnectionSpec;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.TlsVersion;

/// Makes the HTTP client of one enclave: TLS 1.3 only, the peer known by its key, bytes carried by an SSH channel.
final class EnclaveHttp {
    private static final int IDLE_CONNECTIONS = 8;
    private static final Duration IDLE = Duration.ofMinutes(5);

    /// @param operator whose certificate to present; none for a look from outside
    static OkHttpClient client(SocketFactory sockets, PinnedPeer peer, Optional<OperatorKey> operator) {
        KeyManager[] identities = operator.map(key -> new KeyManager[] {new OperatorIdentity(key)})
                .orElseGet(() -> new KeyManager[0]);
        ConnectionSpec tls13 = new ConnectionSpec.Builder(ConnectionSpec.RESTRICTED_TLS)
                .tlsVersions(TlsVersion.TLS_1_3)
                .build();
        return new OkHttpClient.Builder()
                .socketFactory(sockets)
                .sslSocketFactory(context(identities, peer).getSocketFactory(), peer)
                .hostnameVerifier((name, session) -> true)
                .dns(name -> List.of(InetAddress.getLoopbackAddress()))
                .proxy(Proxy.NO_PROXY)
                .protocols(List.of(Protocol.HTTP_1_1))
                .connectionSpecs(List.of(tls13))
                .connectionPool(new ConnectionPool(IDLE_CONNECTIONS, IDLE.toSeconds(), TimeUnit.SECONDS))
                .fastFallback(false)
                .followRedirects(false)
                .connectTimeout(Duration.ofSeconds(20))
                .readTimeout(EnclaveClient.TIME_LIMIT)
                .writeTimeout(EnclaveClient.TIME_LIMIT)
                .build();
    }

    private static SSLContext context(KeyManager[] identities, PinnedPeer peer) {
        try {
            SSLContext context = SSLContext.getInstance("TLSv1.3");
            context.init(identities, new TrustManager[] {peer}, new SecureRandom());
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private EnclaveHttp() {}
}
