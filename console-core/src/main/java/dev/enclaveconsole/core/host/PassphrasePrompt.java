package dev.enclaveconsole.core.host;

import java.nio.file.Path;
import java.util.Optional;

/// Asked for the passphrase of a protected key file. The array is wiped after use and never logged.
@FunctionalInterface
public interface PassphrasePrompt {
    /// @param attempt 1 for the first question, higher after a wrong answer
    /// @return empty to give up on this key
    Optional<char[]> passphrase(Path keyFile, int attempt);

    /// Asked once a passphrase opened the key and this computer has a keychain.
    ///
    /// @return true to keep the passphrase there
    default boolean keep(Path keyFile) {
        return false;
    }

    static PassphrasePrompt none() {
        return (keyFile, attempt) -> Optional.empty();
    }
}
