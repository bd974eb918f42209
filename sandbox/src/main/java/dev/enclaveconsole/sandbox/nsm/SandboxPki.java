package dev.enclaveconsole.sandbox.nsm;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// Certificates of the same shape as those above a genuine document: root, region, zone, instance, and leaves for
/// enclaves; all on P-384.
///
/// The root is made anew for each sandbox and is named after the sandbox: it can never be taken for AWS's.
public final class SandboxPki {

    static final Duration LEAF_LIFETIME = Duration.ofHours(3);

    private static final String REGION = "local-1";
    private static final String TAIL = "sandbox.nitro-enclaves";
    private static final Duration CLOCK_SKEW = Duration.ofSeconds(60);
    private static final int CA_USAGE = KeyUsage.digitalSignature | KeyUsage.keyCertSign | KeyUsage.cRLSign;
    private static final int LEAF_USAGE = KeyUsage.digitalSignature | KeyUsage.nonRepudiation;
    private static final Duration ROOT_LIFETIME = Duration.ofDays(30 * 365);

    private final String instanceId;
    private final Clock clock;
    private final Authority root;
    private Branch branch;

    private SandboxPki(String instanceId, Clock clock, Authority root) throws GeneralSecurityException {
        this.instanceId = instanceId;
        this.clock = clock;
        this.root = root;
        this.branch = newBranch();
    }

    /// @param instanceId `i-…`, of the host that the enclaves run on
    public static SandboxPki create(String instanceId, Clock clock) throws GeneralSecurityException {
        return new SandboxPki(instanceId, clock, Authority.root("CN=" + TAIL, clock.instant()));
    }

    /// A leaf with what stands above it.
    ///
    /// @param bundle root first, issuer of the leaf last
    record Chain(X509Certificate leaf, List<X509Certificate> bundle) {}

    /// A new certificate for an enclave's module, valid three hours from a minute ago. What stands between root and
    /// leaf is renewed when
    /// it would end before the leaf does.
    synchronized Chain issue(String moduleId, PublicKey key) throws GeneralSecurityException {
        Instant now = clock.instant();
        if (branch.end().isBefore(now.plus(LEAF_LIFETIME))) {
            branch = newBranch();
        }
        X509Certificate leaf = branch.instance()
                .sign(
                        "CN=" + moduleId + "." + REGION + ".sandbox",
                        key,
                        LEAF_LIFETIME,
                        now,
                        new BasicConstraints(false),
                        false);
        return new Chain(leaf, branch.bundle());
    }

    private Branch newBranch() throws GeneralSecurityException {
        Instant now = clock.instant();
        Authority region = root.issue("CN=" + randomHex() + "." + REGION + "." + TAIL, 2, Duration.ofDays(20), now);
        Authority zone =
                region.issue("CN=" + randomHex() + ".zonal." + REGION + "." + TAIL, 1, Duration.ofDays(6), now);
        Authority instance = zone.issue("CN=" + instanceId + "." + REGION + "." + TAIL, 0, Duration.ofDays(1), now);
        return new Branch(
                List.of(root.certificate(), region.certificate(), zone.certificate(), instance.certificate()),
                instance.issuer());
    }

    private record Branch(List<X509Certificate> bundle, Issuer instance) {

        Instant end() {
            return bundle.getLast().getNotAfter().toInstant();
        }
    }

    static KeyPair newKey() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp384r1"));
        return generator.generateKeyPair();
    }

    private static String randomHex() {
        byte[] bytes = new byte[8];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static X500Name name(String commonName) {
        return new X500Name("C=US,O=Enclave Console,OU=Sandbox," + commonName);
    }

    private record Authority(Issuer issuer, X509Certificate certificate) {

        static Authority root(String commonName, Instant now) throws GeneralSecurityException {
            Issuer self = new Issuer(name(commonName), newKey());
            return new Authority(
                    self,
                    self.sign(
                            commonName, self.key().getPublic(), ROOT_LIFETIME, now, new BasicConstraints(true), true));
        }

        Authority issue(String commonName, int pathLength, Duration lifetime, Instant now)
                throws GeneralSecurityException {
            Issuer below = new Issuer(name(commonName), newKey());
            X509Certificate certificate = issuer.sign(
                    commonName, below.key().getPublic(), lifetime, now, new BasicConstraints(pathLength), true);
            return new Authority(below, certificate);
        }
    }

    private record Issuer(X500Name issuerName, KeyPair key) {

        X509Certificate sign(
                String commonName,
                PublicKey subject,
                Duration lifetime,
                Instant now,
                BasicConstraints constraints,
                boolean ca)
                throws GeneralSecurityException {
            Instant from = now.minus(CLOCK_SKEW);
            JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    issuerName,
                    new BigInteger(127, new SecureRandom()),
                    Date.from(from),
                    Date.from(from.plus(lifetime)),
                    name(commonName),
                    subject);
            try {
                builder.addExtension(Extension.basicConstraints, true, constraints);
                builder.addExtension(Extension.keyUsage, ca, new KeyUsage(ca ? CA_USAGE : LEAF_USAGE));
                if (ca) {
                    JcaX509ExtensionUtils extensions = new JcaX509ExtensionUtils();
                    builder.addExtension(
                            Extension.subjectKeyIdentifier, false, extensions.createSubjectKeyIdentifier(subject));
                    builder.addExtension(
                            Extension.authorityKeyIdentifier,
                            false,
                            extensions.createAuthorityKeyIdentifier(key.getPublic()));
                }
                return new JcaX509CertificateConverter()
                        .getCertificate(
                                builder.build(new JcaContentSignerBuilder("SHA384withECDSA").build(key.getPrivate())));
            } catch (CertIOException | OperatorCreationException e) {
                throw new GeneralSecurityException("the sandbox's certificate could not be made", e);
            }
        }
    }
}
