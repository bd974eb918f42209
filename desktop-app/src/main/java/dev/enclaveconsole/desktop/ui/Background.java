package dev.enclaveconsole.desktop.ui;

import static dev.enclaveconsole.desktop.ui.Texts.text;

import dev.enclaveconsole.core.operation.Operation;
import dev.enclaveconsole.core.operation.OperationRunner;
import dev.enclaveconsole.core.operation.Outcome;
import dev.enclaveconsole.core.operation.Work;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/// Hands work to the core's [OperationRunner] and its results back to the window's thread. All methods but the core's
/// callbacks belong to that thread.
public final class Background {
    private static final int KEPT_HISTORY = 100;
    private static final int KEPT_FAILURES = 3;

    private final OperationRunner runner;
    private final Executor window;
    private final ObservableList<TaskLine> running = FXCollections.observableArrayList();
    private final ObservableList<TaskLine> history = FXCollections.observableArrayList();
    private final ObservableList<Failure> failures = FXCollections.observableArrayList();
    private final Map<String, Long> newest = new HashMap<>();
    private final AtomicBoolean refreshPending = new AtomicBoolean();
    private long starts;

    /// @param window runs code on the window's thread, later; in tests on the caller's
    public Background(OperationRunner runner, Executor window) {
        this.runner = runner;
        this.window = window;
        var _ = runner.onChange(_ -> refreshSoon());
    }

    /// Starts work whose failure is shown as a card. A result arrives only if no newer work of the same kind was
    /// started meanwhile.
    ///
    /// @param kind what the result replaces, e.g. `enclaves`
    public <T> TaskLine start(String kind, String title, Work<T> work, Consumer<T> onDone) {
        return start(kind, title, work, onDone, this::showFailure);
    }

    /// As above, with a failure that the caller shows itself.
    public <T> TaskLine start(String kind, String title, Work<T> work, Consumer<T> onDone, Consumer<Failure> onFailed) {
        long start = ++starts;
        newest.put(kind, start);
        // The work may end before its operation is known here (on the caller's thread in tests).
        Ending<T> ending = new Ending<>();
        Operation<T> operation = runner.start(title, work, ending::ended);
        TaskLine line = new TaskLine(operation);
        running.add(line);
        ending.then(outcome -> window.execute(() -> {
            boolean current = Long.valueOf(start).equals(newest.get(kind));
            ended(line, outcome);
            deliver(outcome, current ? onDone : _ -> {}, onFailed);
        }));
        return line;
    }

    private <T> void deliver(Outcome<T> outcome, Consumer<T> onDone, Consumer<Failure> onFailed) {
        switch (outcome) {
            case Outcome.Done<T>(T value) -> onDone.accept(value);
            case Outcome.Failed<T>(var problem) -> onFailed.accept(new Failure.Expected(problem));
            case Outcome.Crashed<T>(Throwable cause) -> onFailed.accept(Failure.of(cause));
            case Outcome.Cancelled<T>() -> {}
        }
    }

    private void ended(TaskLine line, Outcome<?> outcome) {
        switch (outcome) {
            case Outcome.Done<?> _ -> line.end(TaskLine.State.DONE, "");
            case Outcome.Cancelled<?> _ -> line.end(TaskLine.State.CANCELLED, text("task.cancelled"));
            case Outcome.Failed<?>(var problem) -> line.end(TaskLine.State.FAILED, problem.sentence());
            case Outcome.Crashed<?>(Throwable cause) ->
                line.end(TaskLine.State.FAILED, Failure.of(cause).sentence());
        }
        running.remove(line);
        history.addFirst(line);
        if (history.size() > KEPT_HISTORY) {
            history.removeLast();
        }
    }

    /// Shows a failure as a card above the page.
    public void showFailure(Failure failure) {
        failures.remove(failure);
        failures.addFirst(failure);
        while (failures.size() > KEPT_FAILURES) {
            failures.removeLast();
        }
    }

    private void refreshSoon() {
        if (refreshPending.compareAndSet(false, true)) {
            window.execute(this::refresh);
        }
    }

    /// Brings progress and elapsed time of what runs up to date.
    public void refresh() {
        refreshPending.set(false);
        running.forEach(TaskLine::refresh);
    }

    public Executor window() {
        return window;
    }

    /// Oldest first.
    public ObservableList<TaskLine> running() {
        return running;
    }

    /// Newest first.
    public ObservableList<TaskLine> history() {
        return history;
    }

    /// Newest first; whoever closes a card removes it.
    public ObservableList<Failure> failures() {
        return failures;
    }

    /// Joins an outcome and its receiver, whichever comes first.
    private static final class Ending<T> {
        private @Nullable Outcome<T> outcome;
        private @Nullable Consumer<Outcome<T>> receiver;

        synchronized void ended(Outcome<T> value) {
            outcome = value;
            meet();
        }

        synchronized void then(Consumer<Outcome<T>> value) {
            receiver = value;
            meet();
        }

        private void meet() {
            if (outcome != null && receiver != null) {
                receiver.accept(outcome);
            }
        }
    }
}
