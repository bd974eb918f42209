package dev.enclaveconsole.desktop.ui;

import static dev.enclaveconsole.desktop.ui.Texts.text;

import dev.enclaveconsole.core.operation.Operation;
import dev.enclaveconsole.core.operation.Progress;
import java.time.Duration;
import java.util.Locale;
import javafx.beans.property.ReadOnlyDoubleProperty;
import javafx.beans.property.ReadOnlyDoubleWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

/// One operation as the task list shows it. Used on the window's thread only.
public final class TaskLine {
    public enum State {
        RUNNING,
        CANCELLING,
        DONE,
        FAILED,
        CANCELLED
    }

    private final Operation<?> operation;
    private final ReadOnlyStringWrapper message = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper elapsed = new ReadOnlyStringWrapper("");
    private final ReadOnlyDoubleWrapper fraction = new ReadOnlyDoubleWrapper(-1);
    private final ReadOnlyObjectWrapper<State> state = new ReadOnlyObjectWrapper<>(State.RUNNING);

    TaskLine(Operation<?> operation) {
        this.operation = operation;
        refresh();
    }

    void refresh() {
        elapsed.set(inWords(operation.elapsed()));
        if (state.get() == State.RUNNING || state.get() == State.CANCELLING) {
            Progress progress = operation.progress();
            message.set(progress.message());
            fraction.set(progress.total() > 0 ? (double) progress.done() / progress.total() : -1);
            if (operation.state() == Operation.State.CANCELLING) {
                state.set(State.CANCELLING);
            }
        }
    }

    void end(State how, String lastWords) {
        state.set(how);
        message.set(lastWords);
        fraction.set(1);
        refresh();
    }

    public String title() {
        return operation.title();
    }

    public void cancel() {
        operation.cancel();
    }

    long id() {
        return operation.id();
    }

    public ReadOnlyStringProperty messageProperty() {
        return message.getReadOnlyProperty();
    }

    /// `0.4 s`, `12 s`, `3 min 05 s`.
    public ReadOnlyStringProperty elapsedProperty() {
        return elapsed.getReadOnlyProperty();
    }

    /// 0…1, or -1 while unknown.
    public ReadOnlyDoubleProperty fractionProperty() {
        return fraction.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<State> stateProperty() {
        return state.getReadOnlyProperty();
    }

    static String inWords(Duration duration) {
        if (duration.toSeconds() < 10) {
            return text("elapsed.seconds", String.format(Locale.ROOT, "%.1f", duration.toMillis() / 1000.0));
        }
        if (duration.toMinutes() < 1) {
            return text("elapsed.seconds", String.valueOf(duration.toSeconds()));
        }
        return text(
                "elapsed.minutes",
                String.valueOf(duration.toMinutes()),
                String.format(Locale.ROOT, "%02d", duration.toSecondsPart()));
    }
}
