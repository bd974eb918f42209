package dev.enclaveconsole.desktop.predict;

import dev.enclaveconsole.core.failure.Problem;
import dev.enclaveconsole.core.predict.ImageSource;
import dev.enclaveconsole.core.predict.PredictEntry;
import java.util.Optional;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.image.Image;
import org.jspecify.annotations.Nullable;

/// One image that the user gave, with the newest answer about it. Used on the window's thread only.
public final class PredictItem {

    public sealed interface State {
        record Waiting() implements State {}

        record Answered(PredictEntry entry) implements State {}

        record Failed(Problem problem) implements State {}

        /// The user cancelled before its turn came.
        record Skipped() implements State {}
    }

    private final String name;
    private final Optional<ImageSource> source;
    private final ObjectProperty<State> state;
    private final ObjectProperty<@Nullable Image> thumbnail = new SimpleObjectProperty<>();

    private PredictItem(String name, Optional<ImageSource> source, State state) {
        this.name = name;
        this.source = source;
        this.state = new SimpleObjectProperty<>(state);
    }

    static PredictItem waiting(ImageSource source) {
        return new PredictItem(source.name(), Optional.of(source), new State.Waiting());
    }

    static PredictItem rejected(ImageSource.Rejected rejected) {
        return new PredictItem(
                String.valueOf(rejected.file().getFileName()), Optional.empty(), new State.Failed(rejected.problem()));
    }

    void answer(PredictEntry entry) {
        state.set(entry.problem().<State>map(State.Failed::new).orElseGet(() -> new State.Answered(entry)));
    }

    void skip() {
        if (state.get() instanceof State.Waiting) {
            state.set(new State.Skipped());
        }
    }

    public String name() {
        return name;
    }

    Optional<ImageSource> source() {
        return source;
    }

    public ObjectProperty<State> stateProperty() {
        return state;
    }

    /// Null until there is one.
    public ObjectProperty<@Nullable Image> thumbnailProperty() {
        return thumbnail;
    }
}
