package dev.enclaveconsole.protocol.attestation;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// Certificate authorities shaped like AWS's: root, region, zone, instance, all P-384.
final class TestPki {
    static final String MODULE = "i-0123456789abcdef0-enc0123456789abcdef";
    static final String LEAF_NAME = MODULE + ".eu-central-1.aws";
    private static final AtomicLong SERIAL = new AtomicLong(1);

    private final List<Issued> authorities = new ArrayList<>();
    final Instant now;

    record Issued(X509Certificate certificate, KeyPair keys) {
        byte[] der() throws GeneralSecurityException {
            return certificate.getEncoded();
        }

        ECPrivateKey privateKey() {
            return (ECPrivateKey) keys.getPrivate();
        }
    }

    TestPki(Instant now) throws GeneralSecurityException {
        this.now = now;
        Issued issuer = null;
        for (String name : List.of("root", "region", "zone", "instance")) {
            int pathLength = 3 - authorities.size();
            var keys = keyPair("secp384r1");
            var parent = issuer == null ? keys : issuer.keys();
            String parentName = issuer == null
                    ? "CN=root"
                    : issuer.certificate().getSubjectX500Principal().getName();
            issuer = issue(
                    new X500Name(parentName),
                    parent,
                    "CN=" + name,
                    keys,
                    now.minus(Duration.ofDays(2)),
                    now.plus(Duration.ofDays(1)),
                    new BasicConstraints(pathLength),
                    KeyUsage.keyCertSign | KeyUsage.cRLSign | KeyUsage.digitalSignature);
            authorities.add(issuer);
        }
    }

    Issued leaf() throws GeneralSecurityException {
        return leaf(LEAF_NAME, now.minus(Duration.ofHours(1)), now.plus(Duration.ofHours(2)));
    }

    Issued leaf(String commonName, Instant from, Instant until) throws GeneralSecurityException {
        return leaf(commonName, from, until, new BasicConstraints(false), KeyUsage.digitalSignature, "secp384r1");
    }

    Issued leaf(String commonName, Instant from, Instant until, BasicConstraints constraints, int usage, String curve)
            throws GeneralSecurityException {
        Issued issuer = authorities.getLast();
        return issue(
                new X500Name("CN=instance"),
                issuer.keys(),
                "CN=" + commonName,
                keyPair(curve),
                from,
                until,
                constraints,
                usage);
    }

    /// Root first, as in a document.
    List<byte[]> cabundle() throws GeneralSecurityException {
        List<byte[]> bundle = new ArrayList<>();
        for (Issued authority : authorities) {
            bundle.add(authority.der());
        }
        return bundle;
    }

    AttestationVerifier verifier() throws GeneralSecurityException {
        return new AttestationVerifier(
                Steps.hex(Steps.sha256(authorities.getFirst().der())));
    }

    static KeyPair keyPair(String curve) throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec(curve));
        return generator.generateKeyPair();
    }

    private static Issued issue(
            X500Name issuerName,
            KeyPair issuerKeys,
            String subject,
            KeyPair keys,
            Instant from,
            Instant until,
            BasicConstraints constraints,
            int usage)
            throws GeneralSecurityException {
        try {
            var builder = new JcaX509v3CertificateBuilder(
                    issuerName,
                    BigInteger.valueOf(SERIAL.getAndIncrement()),
                    Date.from(from),
                    Date.from(until),
                    new X500Name(subject),
                    keys.getPublic());
            builder.addExtension(Extension.basicConstraints, true, constraints);
            builder.addExtension(Extension.keyUsage, false, new KeyUsage(usage));
            var signer = new JcaContentSignerBuilder("SHA384withECDSA").build(issuerKeys.getPrivate());
            return new Issued(new JcaX509CertificateConverter().getCertificate(builder.build(signer)), keys);
        } catch (CertIOException | OperatorCreationException e) {
            throw new GeneralSecurityException(e);
        }
    }
}
