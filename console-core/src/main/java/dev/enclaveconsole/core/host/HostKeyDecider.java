package dev.enclaveconsole.core.host;

import java.util.List;

/// Asked when a host key is not known yet, or is not the known one. A revoked key is never asked about: it is refused.
@FunctionalInterface
public interface HostKeyDecider {
    /// @param host `name:port` as connected
    /// @param keyType e.g. `ssh-ed25519`
    /// @param sha256 OpenSSH's form, `SHA256:…`
    /// @param randomart OpenSSH's picture of the key, several lines
    record Question(String host, String keyType, String sha256, String randomart) {}

    /// A host that presents another key than the known one.
    ///
    /// @param known the keys that were expected, at least one
    record Change(Question presented, List<Question> known) {}

    /// @return true to trust the key and remember it
    boolean trust(Question question);

    /// Asked while the connection is blocked because the key changed. True only after a confirmation that nobody gives
    /// by habit, such as a typed one.
    ///
    /// @return true to forget the known keys and to remember the presented one
    default boolean replace(Change change) {
        return false;
    }

    static HostKeyDecider refuse() {
        return question -> false;
    }
}
