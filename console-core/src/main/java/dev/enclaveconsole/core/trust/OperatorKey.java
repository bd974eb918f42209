package dev.enclaveconsole.core.trust;

import dev.enclaveconsole.core.failure.ConsoleException;
import dev.enclaveconsole.core.failure.Problem;
import dev.enclaveconsole.core.settings.AtomicFiles;
import dev.enclaveconsole.core.settings.FileDigest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.EnumSet;
import java.util.Set;

/// The key by which this console claims enclaves: P-256, in one file that only its owner can read, with a self-signed
/// certificate that carries it through TLS.
public final class OperatorKey {
    private static final Set<PosixFilePermission> OTHERS = EnumSet.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE);

    private final PrivateKey privateKey;
    private final X509Certificate certificate;

    private OperatorKey(PrivateKey privateKey, X509Certificate certificate) {
        this.privateKey = privateKey;
        this.certificate = certificate;
    }

    /// @throws ConsoleException `operator-key.damaged`, `operator-key.exposed` (others may read the file),
    ///     `operator-key.unwritable`
    public static OperatorKey loadOrCreate(Path file) throws ConsoleException {
        try {
            if (!Files.exists(file)) {
                create(file);
            }
            refuseExposed(file);
            return parse(Files.readString(file));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new ConsoleException(
                    Problem.failed(
                            "operator-key.damaged",
                            "The operator's key in " + file + " cannot be used.",
                            "The file is damaged.",
                            "Restore it from a copy, or delete it; enclaves claimed with it are then lost to this console."),
                    e);
        } catch (IOException e) {
            throw new ConsoleException(
                    Problem.failed(
                            "operator-key.unwritable",
                            "The operator's key cannot be kept in " + file + ".",
                            String.valueOf(e.getMessage()),
                            "Check the folder's permissions."),
                    e);
        }
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
        return "SHA256:" + FileDigest.sha256(spki());
    }

    PrivateKey privateKey() {
        return privateKey;
    }

    private static void create(Path file) throws IOException, GeneralSecurityException {
        KeyPair pair = OperatorCertificates.newKeyPair();
        String pem = Pem.write("PRIVATE KEY", pair.getPrivate().getEncoded())
                + Pem.write("CERTIFICATE", OperatorCertificates.selfSigned(pair).getEncoded());
        AtomicFiles.write(file, pem.getBytes(StandardCharsets.US_ASCII));
    }

    private static OperatorKey parse(String pem) throws GeneralSecurityException {
        PrivateKey key = OperatorCertificates.privateKey(Pem.read("PRIVATE KEY", pem));
        X509Certificate certificate = OperatorCertificates.certificate(Pem.read("CERTIFICATE", pem));
        OperatorCertificates.requirePair(key, certificate.getPublicKey());
        return new OperatorKey(key, certificate);
    }

    private static void refuseExposed(Path file) throws IOException, ConsoleException {
        PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        if (view != null && view.readAttributes().permissions().stream().anyMatch(OTHERS::contains)) {
            throw new ConsoleException(Problem.refused(
                    "operator-key.exposed",
                    "The operator's key in " + file + " can be read by others.",
                    "Its permissions are too wide.",
                    "Run: chmod 600 " + file + " – and make a new key if others may have copied it."));
        }
    }
}
