package dev.enclaveconsole.core.host;

import java.io.IOException;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import net.schmizz.sshj.transport.verification.HostKeyVerifier;
import org.jspecify.annotations.Nullable;

/// Compares the key of one connection with what is known, and keeps what it found for whoever has to explain a
/// refusal. Nobody is asked while the connection waits: the key exchange has a time limit, people have none.
final class HostKeyCheck implements HostKeyVerifier {
    /// What the host presented and what is known about it.
    record Finding(HostKey presented, KnownHosts.Opinion opinion) {}

    private final KnownHosts knownHosts;
    private volatile @Nullable Finding finding;
    private volatile @Nullable IOException unreadable;

    HostKeyCheck(KnownHosts knownHosts) {
        this.knownHosts = knownHosts;
    }

    @Override
    public boolean verify(String host, int port, PublicKey key) {
        HostKey presented = HostKey.of(key);
        try {
            KnownHosts.Opinion opinion = knownHosts.opinion(host, port, presented);
            finding = new Finding(presented, opinion);
            return opinion instanceof KnownHosts.Opinion.Known;
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
            for (String type : knownHosts.keyTypes(host, port)) {
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
