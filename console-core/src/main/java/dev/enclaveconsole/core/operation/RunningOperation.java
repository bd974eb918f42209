package dev.enclaveconsole.core.operation;

import dev.enclaveconsole.core.failure.ConsoleException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The one implementation of [Operation]; also the context that its work sees.
final class RunningOperation<T> implements Operation<T>, OperationContext {
    private final long id;
    private final String title;
    private final Clock clock;
    private final Consumer<Operation<?>> onChange;
    private final Instant startedAt;
    private volatile State state = State.RUNNING;
    private final List<Runnable> cancelActions = new CopyOnWriteArrayList<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile Progress progress = Progress.message("");
    private volatile @Nullable Instant endedAt;
    private volatile @Nullable Outcome<T> outcome;

    RunningOperation(long id, String title, Clock clock, Consumer<Operation<?>> onChange) {
        this.id = id;
        this.title = title;
        this.clock = clock;
        this.onChange = onChange;
        this.startedAt = clock.instant();
    }

    void run(Work<T> work, Consumer<Outcome<T>> onEnd) {
        Outcome<T> result = perform(work);
        endedAt = clock.instant();
        outcome = result;
        end();
        try {
            onEnd.accept(result);
        } finally {
            ended.countDown();
            onChange.accept(this);
        }
    }

    @SuppressWarnings("CatchThrowable") // whatever ends the work must reach whoever waits for it
    private Outcome<T> perform(Work<T> work) {
        try {
            checkCancelled();
            return new Outcome.Done<>(work.run(this));
        } catch (CancellationException e) {
            return new Outcome.Cancelled<>();
        } catch (ConsoleException e) {
            return state == State.CANCELLING ? new Outcome.Cancelled<>() : new Outcome.Failed<>(e.problem());
        } catch (Throwable e) {
            return state == State.CANCELLING ? new Outcome.Cancelled<>() : new Outcome.Crashed<>(e);
        }
    }

    @Override
    public long id() {
        return id;
    }

    @Override
    public String title() {
        return title;
    }

    @Override
    public Instant startedAt() {
        return startedAt;
    }

    @Override
    public Duration elapsed() {
        Instant end = endedAt;
        return Duration.between(startedAt, end == null ? clock.instant() : end);
    }

    @Override
    public Progress progress() {
        return progress;
    }

    @Override
    public State state() {
        return state;
    }

    @Override
    public void cancel() {
        if (startCancelling()) {
            onChange.accept(this);
            cancelActions.forEach(Runnable::run);
        }
    }

    private synchronized boolean startCancelling() {
        boolean first = state == State.RUNNING;
        if (first) {
            state = State.CANCELLING;
        }
        return first;
    }

    private synchronized void end() {
        state = State.ENDED;
        cancelActions.clear();
    }

    @Override
    public Outcome<T> await() throws InterruptedException {
        ended.await();
        Outcome<T> result = outcome;
        if (result == null) {
            throw new IllegalStateException("ended without an outcome");
        }
        return result;
    }

    @Override
    public void report(Progress value) {
        progress = value;
        onChange.accept(this);
    }

    @Override
    public void checkCancelled() {
        if (state == State.CANCELLING) {
            throw new OperationCancelledException();
        }
    }

    @Override
    public Registration onCancel(Runnable action) {
        AtomicReference<@Nullable Runnable> once = new AtomicReference<>(action);
        Runnable guarded = () -> {
            Runnable pending = once.getAndSet(null);
            if (pending != null) {
                pending.run();
            }
        };
        cancelActions.add(guarded);
        if (state == State.CANCELLING) {
            guarded.run();
        }
        return () -> {
            once.set(null);
            cancelActions.remove(guarded);
        };
    }
}
