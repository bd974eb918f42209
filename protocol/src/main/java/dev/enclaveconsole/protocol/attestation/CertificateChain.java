package dev.enclaveconsole.protocol.attestation;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import org.jspecify.annotations.Nullable;

/// The certificates of one document, leaf first, root last.
///
/// @param certificates those that could be read
/// @param unreadable why one could not be read; null if all could
record CertificateChain(List<Named> certificates, @Nullable String unreadable) {
    private static final int DIGITAL_SIGNATURE = 0;
    private static final int KEY_CERT_SIGN = 5;
    private static final int CRL_SIGN = 6;
    private static final String LEAF = "leaf";

    /// A certificate and what it is called in sentences.
    record Named(String name, X509Certificate x509) {
        Instant notBefore() {
            return x509.getNotBefore().toInstant();
        }

        Instant notAfter() {
            return x509.getNotAfter().toInstant();
        }

        /// Empty if there is none, or more than one.
        String commonName() {
            try {
                List<String> names = new LdapName(x509.getSubjectX500Principal().getName())
                        .getRdns().stream()
                                .filter(rdn -> rdn.getType().equalsIgnoreCase("CN"))
                                .map(rdn -> String.valueOf(rdn.getValue()))
                                .toList();
                return names.size() == 1 ? names.getFirst() : "";
            } catch (InvalidNameException e) {
                return "";
            }
        }
    }

    static CertificateChain parse(AttestationDocument document) {
        List<Named> read = new ArrayList<>();
        @Nullable String unreadable = null;
        List<byte[]> bundle = document.cabundle();
        for (int i = bundle.size(); i >= 0; i--) {
            String name = i == bundle.size() ? LEAF : i == 0 ? "root" : "cabundle[" + i + "]";
            try {
                read.add(new Named(name, certificate(i == bundle.size() ? document.certificate() : bundle.get(i))));
            } catch (CertificateException | RuntimeException e) {
                unreadable = "The %s certificate cannot be read: %s.".formatted(name, plainly(e));
                break;
            }
        }
        return new CertificateChain(List.copyOf(read), unreadable);
    }

    /// The JDK's message without the class names it puts in front.
    private static String plainly(Exception e) {
        String message = String.valueOf(e.getMessage());
        return message.replaceFirst("^(?:[\\w.$]+Exception: )+", "");
    }

    boolean complete() {
        return unreadable == null && certificates.size() > 1;
    }

    Optional<Named> leaf() {
        return certificates.isEmpty() ? Optional.empty() : Optional.of(certificates.getFirst());
    }

    /// What is wrong with the chain apart from dates, which are a check of their own: the path is validated at a moment
    /// at which all of its certificates are valid, if there is one.
    ///
    /// @param preferred that moment, if it qualifies
    Optional<String> problem(Instant preferred) {
        if (unreadable != null) {
            return Optional.of(unreadable);
        }
        if (!complete()) {
            return Optional.of("The document carries no certificate authorities.");
        }
        try {
            return leafProblem(certificates.getFirst().x509()).or(() -> pathProblem(preferred));
        } catch (RuntimeException e) {
            return Optional.of("The chain cannot be evaluated: " + e.getMessage() + ".");
        }
    }

    private Optional<String> pathProblem(Instant preferred) {
        var path = certificates.subList(0, certificates.size() - 1);
        try {
            var factory = CertificateFactory.getInstance("X.509");
            var certPath =
                    factory.generateCertPath(path.stream().map(Named::x509).toList());
            var anchor = new TrustAnchor(certificates.getLast().x509(), null);
            var parameters = new PKIXParameters(Set.of(anchor));
            parameters.setRevocationEnabled(false);
            parameters.setDate(Date.from(validMoment(path, preferred)));
            CertPathValidator.getInstance("PKIX").validate(certPath, parameters);
            return Optional.empty();
        } catch (CertPathValidatorException e) {
            String where = e.getIndex() < 0
                    ? ""
                    : " at the %s certificate".formatted(path.get(e.getIndex()).name());
            return Optional.of("The chain is broken%s: %s.".formatted(where, e.getMessage()));
        } catch (GeneralSecurityException e) {
            return Optional.of("The chain cannot be evaluated: " + e.getMessage() + ".");
        }
    }

    private static Instant validMoment(List<Named> path, Instant preferred) {
        Instant from =
                path.stream().map(Named::notBefore).max(Instant::compareTo).orElse(preferred);
        Instant until =
                path.stream().map(Named::notAfter).min(Instant::compareTo).orElse(preferred);
        return preferred.isBefore(from) || preferred.isAfter(until) ? from : preferred;
    }

    private static Optional<String> leafProblem(X509Certificate leaf) {
        if (leaf.getBasicConstraints() >= 0) {
            return Optional.of("The leaf certificate is a certificate authority, which may not sign documents.");
        }
        boolean @Nullable [] usage = leaf.getKeyUsage();
        if (usage == null || !usage[DIGITAL_SIGNATURE]) {
            return Optional.of("The leaf certificate is not made for digital signatures.");
        }
        if (usage[KEY_CERT_SIGN] || usage[CRL_SIGN]) {
            return Optional.of("The leaf certificate may sign certificates or revocation lists.");
        }
        return Optional.empty();
    }

    private static X509Certificate certificate(byte[] der) throws CertificateException {
        var parsed = CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        if (!(parsed instanceof X509Certificate x509) || !Arrays.equals(x509.getEncoded(), der)) {
            throw new CertificateException("it is not exactly one DER certificate");
        }
        return x509;
    }
}
