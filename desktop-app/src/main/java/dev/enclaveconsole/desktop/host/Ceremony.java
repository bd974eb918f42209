package dev.enclaveconsole.desktop.host;

import dev.enclaveconsole.core.host.HostKeyDecider;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// Questions that connecting may ask the user. Asked on the window's thread; answered whenever the user does.
public interface Ceremony {
    CompletableFuture<Boolean> trustHostKey(HostKeyDecider.Question question);

    /// Another key than the known one: true only after a typed confirmation.
    default CompletableFuture<Boolean> replaceHostKey(HostKeyDecider.Change change) {
        return CompletableFuture.completedFuture(false);
    }

    CompletableFuture<Optional<char[]>> passphrase(Path keyFile, int attempt);

    /// Whether the passphrase just given is to be kept in the system's keychain.
    default CompletableFuture<Boolean> keepPassphrase(Path keyFile) {
        return CompletableFuture.completedFuture(false);
    }
}
