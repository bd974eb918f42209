package dev.enclaveconsole.core.host;

import com.hierynomus.sshj.userauth.certificate.Certificate;
import java.io.IOException;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import net.schmizz.sshj.common.Buffer;
import net.schmizz.sshj.common.KeyType;
import net.schmizz.sshj.common.SSHRuntimeException;
import net.schmizz.sshj.transport.verification.HostKeyVerifier;
import org.jspecify.annotations.Nullable;

/// Compares the key of one connection with what is known, and keeps what it found for whoever has to explain a
/// refusal. Nobody is asked while the connection waits: the key exchange has a time limit, people have none.
///
/// The name is this hop's own, whatever the connection goes through.
final class HostKeyCheck implements HostKeyVerifier {
    private static final long HOST_CERTIFICATE = 2;

    /// What the host presented and what is known about it.
    record Finding(HostKey presented, KnownHosts.Opinion opinion) {}

    private final KnownHosts knownHosts;
    private final SshHop hop;
    private volatile @Nullable Finding finding;
    private volatile @Nullable IOException unreadable;

    HostKeyCheck(KnownHosts knownHosts, SshHop hop) {
        this.knownHosts = knownHosts;
        this.hop = hop;
    }

    @Override
    public boolean verify(String host, int port, PublicKey key) {
        try {
            Finding found = key instanceof Certificate<?> certificate ? check(certificate) : check(HostKey.of(key));
            finding = found;
            return found.opinion() instanceof KnownHosts.Opinion.Known;
        } catch (IOException e) {
            unreadable = e;
            return false;
        }
    }

    private Finding check(HostKey presented) throws IOException {
        return new Finding(presented, knownHosts.opinion(hop.knownHostsName(), presented));
    }

    /// A certificate counts if a known authority signed it; else its key is a host key like any other.
    private Finding check(Certificate<?> certificate) throws IOException {
        String name = hop.knownHostsName();
        HostKey presented = HostKey.of(certificate.getKey());
        HostKey authority = HostKey.ofBlob(certificate.getSignatureKey());
        if (knownHosts.authorities(name).stream().noneMatch(k -> k.base64().equals(authority.base64()))) {
            return check(presented);
        }
        if (knownHosts.isRevoked(name, authority) || knownHosts.isRevoked(name, presented)) {
            return new Finding(presented, new KnownHosts.Opinion.Revoked());
        }
        String wrong = wrong(certificate);
        return new Finding(
                presented,
                wrong == null ? new KnownHosts.Opinion.Known() : new KnownHosts.Opinion.BadCertificate(wrong));
    }

    private @Nullable String wrong(Certificate<?> certificate) {
        if (certificate.getType() != HOST_CERTIFICATE) {
            return "It is no certificate of a host.";
        }
        if (!certificate.getCritOptions().isEmpty()) {
            return "It has conditions that are not understood: "
                    + certificate.getCritOptions().keySet() + ".";
        }
        byte[] raw = new Buffer.PlainBuffer().putPublicKey(certificate).getCompactData();
        try {
            return KeyType.CertUtils.verifyHostCertificate(
                    raw, certificate, hop.hostKeyName().orElse(hop.address()));
        } catch (Buffer.BufferException | SSHRuntimeException e) {
            return "It cannot be read: " + e.getMessage();
        }
    }

    /// Certificates are asked for only where an authority is known.
    boolean wantsCertificates() {
        try {
            return !knownHosts.authorities(hop.knownHostsName()).isEmpty();
        } catch (IOException e) {
            unreadable = e;
            return false;
        }
    }

    /// An entry of type `ssh-rsa` is also an entry for RSA's newer signatures.
    @Override
    public List<String> findExistingAlgorithms(String host, int port) {
        List<String> algorithms = new ArrayList<>();
        try {
            if (wantsCertificates()) {
                algorithms.addAll(SshClients.CERTIFICATES);
            }
            for (String type : knownHosts.keyTypes(hop.knownHostsName())) {
                if (type.equals("ssh-rsa")) {
                    algorithms.add("rsa-sha2-512");
                    algorithms.add("rsa-sha2-256");
                } else {
                    algorithms.add(type);
                }
            }
        } catch (IOException e) {
            unreadable = e;
        }
        return algorithms;
    }

    @Nullable
    Finding finding() {
        return finding;
    }

    @Nullable
    IOException unreadable() {
        return unreadable;
    }
}
