package dev.enclaveconsole.protocol.eif;

import dev.enclaveconsole.protocol.attestation.Cbor;
import dev.enclaveconsole.protocol.attestation.CborFields;
import dev.enclaveconsole.protocol.attestation.CborValue;
import dev.enclaveconsole.protocol.attestation.MalformedCborException;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;

/// The signature section: a CBOR array of one map with certificate (PEM) and COSE_Sign1 over PCR0, both as byte strings
/// or, as AWS's tools write them, as arrays of numbers.
public record EifSignature(X509Certificate certificate, byte[] coseSign1) {
    private static final String FIELD = "signature";

    static EifSignature decode(byte[] cbor) throws MalformedImageException {
        try {
            if (!(Cbor.decode(cbor) instanceof CborValue.Array(var items)) || items.size() != 1) {
                throw new MalformedImageException(FIELD, "it is not an array of one signature");
            }
            CborFields fields = CborFields.of("The signature", items.getFirst());
            return new EifSignature(
                    certificate(fields.lenientBytes("signing_certificate")), fields.lenientBytes("signature"));
        } catch (MalformedCborException e) {
            throw new MalformedImageException(FIELD, String.valueOf(e.getMessage()));
        }
    }

    byte[] certificateDer() throws MalformedImageException {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException e) {
            throw new MalformedImageException(FIELD, String.valueOf(e.getMessage()));
        }
    }

    private static X509Certificate certificate(byte[] pem) throws MalformedImageException {
        try {
            var parsed = CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(pem));
            if (parsed instanceof X509Certificate x509) {
                return x509;
            }
            throw new MalformedImageException(FIELD, "its certificate is not X.509");
        } catch (CertificateException e) {
            throw new MalformedImageException(FIELD, "its certificate cannot be read: " + e.getMessage());
        }
    }
}
