package dev.enclaveconsole.desktop.host;

import dev.enclaveconsole.core.host.HostKeyDecider;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// Questions that connecting may ask the user. Asked on the window's thread; answered whenever the user does.
public interface Ceremony {
    CompletableFuture<Boolean> trustHostKey(HostKeyDecider.Question question);

    CompletableFuture<Optional<char[]>> passphrase(Path keyFile, int attempt);
}
