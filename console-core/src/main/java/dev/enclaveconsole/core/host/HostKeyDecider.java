package dev.enclaveconsole.core.host;

/// Asked when a host key is not known yet. A changed or revoked key is never asked about: it is refused.
@FunctionalInterface
public interface HostKeyDecider {
    /// @param host `name:port` as connected
    /// @param keyType e.g. `ssh-ed25519`
    /// @param sha256 OpenSSH's form, `SHA256:…`
    /// @param randomart OpenSSH's picture of the key, several lines
    record Question(String host, String keyType, String sha256, String randomart) {}

    /// @return true to trust the key and remember it
    boolean trust(Question question);

    static HostKeyDecider refuse() {
        return question -> false;
    }
}
