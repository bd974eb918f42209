package dev.enclaveconsole.server.transport;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;

/// The server's TLS key and its self-signed certificate, made at start and only ever in memory. Clients trust the key
/// because the attestation document names it, so the certificate's names and dates mean nothing.
public record TlsIdentity(PrivateKey key, X509Certificate certificate) {

    public static TlsIdentity create() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"), new SecureRandom());
        KeyPair pair = generator.generateKeyPair();
        byte[] der = SelfSignedCertificate.der(pair, "enclave");
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        return new TlsIdentity(
                pair.getPrivate(), (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(der)));
    }

    /// The public key as SubjectPublicKeyInfo, DER.
    public byte[] spki() {
        return certificate.getPublicKey().getEncoded();
    }
}
