package dev.enclaveconsole.desktop.host;

import dev.enclaveconsole.core.host.HostKeyDecider;
import dev.enclaveconsole.core.host.PassphrasePrompt;
import dev.enclaveconsole.core.operation.OperationContext;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/// Lets work in the background put questions to the user and wait; cancelling the work answers no.
record Questions(Ceremony ceremony, Executor window, OperationContext context)
        implements HostKeyDecider, PassphrasePrompt {

    @Override
    public boolean trust(HostKeyDecider.Question question) {
        return ask(() -> ceremony.trustHostKey(question), false);
    }

    @Override
    public Optional<char[]> passphrase(Path keyFile, int attempt) {
        return ask(() -> ceremony.passphrase(keyFile, attempt), Optional.empty());
    }

    @Override
    public boolean replace(HostKeyDecider.Change change) {
        return ask(() -> ceremony.replaceHostKey(change), false);
    }

    @Override
    public boolean keep(Path keyFile) {
        return ask(() -> ceremony.keepPassphrase(keyFile), false);
    }

    private <T> T ask(Supplier<CompletableFuture<T>> question, T otherwise) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        window.execute(() -> {
            var _ = question.get().thenAccept(answer::complete);
        });
        try (var _ = context.onCancel(() -> answer.complete(otherwise))) {
            return answer.join();
        }
    }
}
