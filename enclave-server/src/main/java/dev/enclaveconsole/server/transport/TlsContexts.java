package dev.enclaveconsole.server.transport;

import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.OpenSslContextOption;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import javax.net.ssl.SSLException;

/// TLS 1.3 only, a client certificate asked for but not demanded, no resumption (a resumed session would not show its
/// client certificate again).
final class TlsContexts {
    private TlsContexts() {}

    /// BoringSSL with the post-quantum hybrid first; the JDK's TLS where its native library is absent.
    static SslContext server(TlsIdentity identity) throws SSLException {
        boolean boring = OpenSsl.isAvailable();
        SslContextBuilder builder = SslContextBuilder.forServer(identity.key(), identity.certificate())
                .sslProvider(boring ? SslProvider.OPENSSL : SslProvider.JDK)
                .protocols("TLSv1.3")
                .clientAuth(ClientAuth.OPTIONAL)
                .trustManager(new AnyClientCertificate());
        if (boring) {
            builder.option(OpenSslContextOption.GROUPS, new String[] {"X25519MLKEM768", "X25519"});
        }
        SslContext context = builder.build();
        context.sessionContext().setSessionTimeout(1);
        return context;
    }
}
