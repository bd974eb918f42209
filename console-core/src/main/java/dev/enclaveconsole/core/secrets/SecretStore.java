package dev.enclaveconsole.core.secrets;

import java.util.Optional;

/// The operating system's keychain. A keychain that is locked, missing or refuses behaves like an empty one: nobody
/// is kept from working by it.
public interface SecretStore {
    /// Whether secrets can be kept on this computer.
    boolean isAvailable();

    /// @param name of the secret, e.g. `key-file:/home/u/.ssh/id_ed25519`; not secret itself
    /// @return an array of the caller's own, to be wiped after use
    Optional<char[]> find(String name);

    /// @return false if the keychain refused
    boolean keep(String name, char[] secret);

    /// @return false if the keychain refused
    boolean forget(String name);

    /// Keeps nothing.
    static SecretStore none() {
        return new NoSecretStore();
    }
}
