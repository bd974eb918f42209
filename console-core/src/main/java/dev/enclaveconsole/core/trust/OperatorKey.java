package dev.enclaveconsole.core.trust;

import dev.enclaveconsole.core.failure.ConsoleException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;

/// The key by which this console claims enclaves: P-256, in one file that only its owner can read.
@SuppressWarnings("DoNotCallSuggester")
public final class OperatorKey {
    private final X509Certificate certificate;

    OperatorKey(X509Certificate certificate) {
        this.certificate = certificate;
    }

    /// @throws ConsoleException `operator-key.damaged`, `operator-key.exposed` (others may read the file)
    public static OperatorKey loadOrCreate(Path file) throws ConsoleException {
        throw new UnsupportedOperationException(file.toString());
    }

    public X509Certificate certificate() {
        return certificate;
    }

    /// SubjectPublicKeyInfo, DER.
    public byte[] spki() {
        return certificate.getPublicKey().getEncoded();
    }

    /// `SHA256:` and lower-case hex of the SPKI's digest.
    public String fingerprint() {
        throw new UnsupportedOperationException();
    }
}
