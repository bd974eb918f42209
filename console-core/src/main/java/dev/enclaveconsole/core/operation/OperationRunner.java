package dev.enclaveconsole.core.operation;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs work and knows what runs.
public final class OperationRunner implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OperationRunner.class);

    private final Executor executor;
    private final Clock clock;
    private final AtomicLong ids = new AtomicLong();
    private final Map<Long, RunningOperation<?>> running = new ConcurrentSkipListMap<>();
    private final List<Consumer<Operation<?>>> listeners = new CopyOnWriteArrayList<>();

    public OperationRunner(Executor executor, Clock clock) {
        this.executor = executor;
        this.clock = clock;
    }

    /// One virtual thread for each operation.
    public static OperationRunner onVirtualThreads() {
        return new OperationRunner(Executors.newVirtualThreadPerTaskExecutor(), Clock.systemUTC());
    }

    /// [#start] returns when the work has ended: for tests and the terminal.
    public static OperationRunner onCallersThread() {
        return new OperationRunner(Runnable::run, Clock.systemUTC());
    }

    /// Starts work; `onEnd` hears of its outcome on the thread that did the work, before [Operation#await] returns.
    public <T> Operation<T> start(String title, Work<T> work, Consumer<Outcome<T>> onEnd) {
        RunningOperation<T> operation = new RunningOperation<>(ids.incrementAndGet(), title, clock, this::changed);
        running.put(operation.id(), operation);
        changed(operation);
        executor.execute(() -> operation.run(work, outcome -> {
            running.remove(operation.id());
            if (outcome instanceof Outcome.Crashed<T>(Throwable cause)) {
                LOG.error("{} ended unexpectedly", title, cause);
            }
            onEnd.accept(outcome);
        }));
        return operation;
    }

    public <T> Operation<T> start(String title, Work<T> work) {
        return start(title, work, outcome -> {});
    }

    /// Oldest first.
    public List<Operation<?>> current() {
        return List.copyOf(running.values());
    }

    /// `listener` hears of every start, progress and end, on whichever thread caused it. Closing the result forgets
    /// it.
    public OperationContext.Registration onChange(Consumer<Operation<?>> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    public void cancelAll() {
        running.values().forEach(Operation::cancel);
    }

    @Override
    public void close() {
        cancelAll();
    }

    private void changed(Operation<?> operation) {
        for (Consumer<Operation<?>> listener : listeners) {
            try {
                listener.accept(operation);
            } catch (RuntimeException e) {
                LOG.error("A listener of operations failed", e);
            }
        }
    }
}
