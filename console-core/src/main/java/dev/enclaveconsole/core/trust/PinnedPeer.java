package dev.enclaveconsole.core.trust;

import java.net.Socket;
import java.security.MessageDigest;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/// Accepts any key on the first connection, notes it, and from then on no other. What the key is worth is for the
/// attestation document to say, before anything but a request for it is sent.
final class PinnedPeer extends X509ExtendedTrustManager {
    private byte @Nullable [] spki;
    private boolean refusedOther;

    /// SubjectPublicKeyInfo, DER.
    ///
    /// @throws IllegalStateException before the first connection
    synchronized byte[] spki() {
        byte[] seen = spki;
        if (seen == null) {
            throw new IllegalStateException("no connection yet");
        }
        return seen.clone();
    }

    /// Whether a later connection presented another key.
    synchronized boolean refusedOther() {
        return refusedOther;
    }

    private synchronized void check(X509Certificate[] chain) throws CertificateException {
        byte[] presented = chain[0].getPublicKey().getEncoded();
        byte[] pinned = spki;
        if (pinned == null) {
            spki = presented;
        } else if (!MessageDigest.isEqual(pinned, presented)) {
            refusedOther = true;
            throw new CertificateException("The enclave's key is not the attested one.");
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        check(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        throw new CertificateException("never a server");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        throw new CertificateException("never a server");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("never a server");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
