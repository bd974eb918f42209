package dev.enclaveconsole.desktop.cli;

import dev.enclaveconsole.core.operation.OperationCancelledException;
import dev.enclaveconsole.core.operation.OperationContext;
import dev.enclaveconsole.core.operation.Progress;
import java.util.ArrayDeque;
import java.util.Deque;

/// The operation that a verb is: progress becomes lines, Ctrl-C cancels it.
final class TerminalContext implements OperationContext {
    private final Output output;
    private final Deque<Runnable> whenCancelled = new ArrayDeque<>();
    private boolean cancelled;
    private String lastMessage = "";
    private long lastTenth = -1;

    TerminalContext(Output output) {
        this.output = output;
    }

    @Override
    public synchronized void report(Progress progress) {
        long tenth = progress.total() > 0 ? 10 * progress.done() / progress.total() : -1;
        if (progress.message().equals(lastMessage) && tenth == lastTenth) {
            return;
        }
        lastMessage = progress.message();
        lastTenth = tenth;
        output.progress(tenth < 0 ? lastMessage : "%s (%d %%)".formatted(lastMessage, 10 * tenth));
    }

    @Override
    public synchronized void checkCancelled() {
        if (cancelled) {
            throw new OperationCancelledException();
        }
    }

    @Override
    public Registration onCancel(Runnable action) {
        synchronized (this) {
            if (!cancelled) {
                whenCancelled.push(action);
                return () -> forget(action);
            }
        }
        action.run();
        return () -> {};
    }

    /// Runs what waits for it, last registered first.
    void cancel() {
        Deque<Runnable> actions;
        synchronized (this) {
            cancelled = true;
            notifyAll();
            actions = new ArrayDeque<>(whenCancelled);
            whenCancelled.clear();
        }
        actions.forEach(Runnable::run);
    }

    /// Blocks until Ctrl-C.
    void awaitCancel() {
        synchronized (this) {
            while (!cancelled) {
                try {
                    wait();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return;
                }
            }
        }
    }

    private synchronized void forget(Runnable action) {
        whenCancelled.remove(action);
    }
}
